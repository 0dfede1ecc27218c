// Package manage is Beheer: staff, departments, absence, closing days, settings, and the
// grants and proposals that somebody else approves.
package manage

import "gehoor/internal/desk/frame"

// Door leads to the pages of Beheer.
type Door struct{ frame.Rooms }
