package desk

// Desk is the door for staff.
type Desk struct {
	Rooms
	Entry *Entry // logging in, set-up, own account, and the porch
}
