// Package phone is for beside the telephone: who must be called back, and whose
// complaint a caller calls about.
package phone

import "gehoor/internal/desk/frame"

// Door leads to the pages beside the telephone.
type Door struct{ frame.Rooms }

// The addresses beside the telephone.
const (
	cardsPath  = frame.PhonePath + "/kaarten"
	searchPath = frame.PhonePath + "/zoeken"
)

// Routes lists them.
func (d *Door) Routes() []frame.Route {
	one := cardsPath + "/{card}"
	return []frame.Route{
		{Pattern: "GET " + frame.PhonePath, Handler: d.cards},
		{Pattern: "POST " + frame.PhonePath, Handler: d.takeCard},
		{Pattern: "GET " + one, Handler: d.card},
		{Pattern: "POST " + one + "/niet-bereikt", Handler: d.try},
		{Pattern: "POST " + one + "/geen-klacht", Handler: d.drop},
		{Pattern: "POST " + one + "/medewerker", Handler: d.nameEmployee},
		{Pattern: "POST " + one + "/overgeven", Handler: d.handOver},
		{Pattern: "GET " + searchPath, Handler: d.search},
		{Pattern: "POST " + searchPath, Handler: d.search},
	}
}
