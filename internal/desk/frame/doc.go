// Package frame is what pages for staff share: the frame with its menu, addresses, names
// of people, the fields of forms and what is wrong with them.
//
// The rooms of the desk beside it import frame, and never each other.
package frame
