// Package post is the post room: letters to print, to send and to take back.
package post

import "gehoor/internal/desk/frame"

// Door leads to the post room.
type Door struct{ frame.Rooms }
