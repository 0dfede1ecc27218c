// Package intake takes complaints in: by telephone, by letter, and as an e-mail that is
// copied in.
package intake

import "gehoor/internal/desk/frame"

// Door leads to the forms of an intake.
type Door struct{ frame.Rooms }
