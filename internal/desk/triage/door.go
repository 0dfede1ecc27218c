// Package triage is the pile of mail that came in: a person reads it and says what it is.
package triage

import "gehoor/internal/desk/frame"

// Door leads to the mail that came in.
type Door struct{ frame.Rooms }

// Routes lists the addresses of mail that came in.
func (d *Door) Routes() []frame.Route {
	one := frame.MailPath + "/{mail}"
	return []frame.Route{
		{Pattern: "GET " + frame.MailPath, Handler: d.list},
		{Pattern: "GET " + one, Handler: d.mail},
		{Pattern: "GET " + one + "/bestand", Handler: d.file},
		{Pattern: "GET " + one + "/opmaak", Handler: d.layout},
		{Pattern: "POST " + one + "/hoort-bij", Handler: d.addTo},
		{Pattern: "POST " + one + "/geen-klacht", Handler: d.dismiss},
		{Pattern: "POST " + one + "/neem-aan", Handler: d.accept},
		{Pattern: "POST " + one + "/terug", Handler: d.putBack},
		{Pattern: "POST " + one + "/vraag", Handler: d.ask},
		{Pattern: "POST " + one + "/vraag/tekst", Handler: d.question},
		{Pattern: "POST " + one + "/toch-klacht", Handler: d.meant},
	}
}

// mailPath is the page of a mail.
func mailPath(id string) string { return frame.MailPath + "/" + id }

// What was just done, in the address of the next page.
const (
	doneDismissed = "beoordeeld"
	donePutBack   = "terug"
	doneAsked     = "gevraagd"
)

// partField names a file of a mail, and what lies inside a mail inside it: "2.1".
const partField = "deel"
