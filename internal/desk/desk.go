package desk

import (
	"gehoor/internal/desk/entry"
	"gehoor/internal/desk/frame"
)

// Desk is the door for staff.
type Desk struct {
	frame.Rooms
	Entry *entry.Door // logging in, set-up, own account, and the porch
}
