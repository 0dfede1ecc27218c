package counter

import (
	"slices"

	"gehoor/internal/counter/confirm"
	"gehoor/internal/counter/follow"
	"gehoor/internal/counter/form"
	"gehoor/internal/counter/frame"
	"gehoor/internal/counter/home"
	"gehoor/internal/porch"
)

// Counter is the door for everybody.
type Counter struct {
	frame.Rooms
}

// Routes lists every address of the counter. All are open: what a visitor may see is
// asked of the task rooms.
func (c *Counter) Routes() []porch.Route {
	others := slices.Concat(
		(&confirm.Door{Rooms: c.Rooms}).Routes(),
		(&follow.Door{Rooms: c.Rooms}).Routes(),
		(&form.Door{Rooms: c.Rooms}).Routes(),
	)
	return append((&home.Door{Rooms: c.Rooms, Others: others}).Routes(), others...)
}
