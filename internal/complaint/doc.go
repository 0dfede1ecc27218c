// Package complaint says what a dossier is, what may happen to it, by when, and who
// may do it.
//
// It is the law of the house: pure functions, no clock, no database, standard
// library and calendar only. A task looks at a Dossier (the open facts, folded from
// events by Apply), at the Rules of the pinned procedure and at what a person typed,
// and gives the events that follow, or a refusal that names every mistake.
//
// Tasks compute dates, events record them. Apply copies and counts; it never asks a
// procedure, a calendar or the clock, so a new closing day or an edited procedure
// changes no running date and no replay.
package complaint
