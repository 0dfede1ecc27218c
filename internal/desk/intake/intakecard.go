package intake

import (
	"net/http"
	"slices"

	"gehoor/internal/complaint"
	"gehoor/internal/porch"
)

// takeCardUp begins the form with what stands on a quick card: the complaint was received
// on the day of the call.
func (d *Door) takeCardUp(r *http.Request, s *intakeSheet, id string) (err error) {
	who := porch.Who(r).Person
	if s.draft, err = d.Office.DraftFor(r.Context(), who, id); err != nil {
		return err
	}
	c, err := d.Office.Card(r.Context(), who, id)
	if err != nil {
		return err
	}
	v := s.typed.Values
	v.Set(cardField, id)
	v.Set("received_on", c.CalledOn.String())
	v.Set("name", c.Note.Name)
	v.Set("phone", c.Note.Number)
	title := []rune(c.Note.About)
	v.Set("title", string(title[:min(len(title), complaint.MaxTitle)]))
	if taker := c.Note.TakenBy; taker != who.ID && !slices.Contains(c.Note.Concerned, taker) {
		v.Set("first_heard", s.names.Name(taker))
	}
	return nil
}
