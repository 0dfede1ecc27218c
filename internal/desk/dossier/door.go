// Package dossier is the page of one dossier: its tasks as forms, its letters and files, and
// its print view. A form of a dossier is a row of taskForms, in a file named after its slice.
package dossier

import "gehoor/internal/desk/frame"

// Door leads to the pages of a dossier.
type Door struct{ frame.Rooms }
