package office

import (
	"context"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// TextSaid is what was said to a text by a link, and what happened since, for who comes by
// that link again.
type TextSaid struct {
	Own         bool          // it was said by this link, not in another way
	Words       string        // what must change, as it was written
	Newer       bool          // a newer text went out since
	ConfirmedOn calendar.Date // when somebody said yes to the newest text; zero: nobody did, or it is not theirs to know
	DueOn       calendar.Date // by when the answer goes; zero: none is to come, or it is not theirs to know
}

// textSaid tells what became of a link by which something was said. Who read along hears of
// the course only as long as they are asked.
func (o *Office) textSaid(ctx context.Context, l record.TextLink, d record.Dossier, t *OwnText) error {
	if d.StopsPost() || l.Ended == complaint.LinkNotMine {
		return nil
	}
	rows, err := o.Cupboard.Course(ctx, d.ID)
	if err != nil {
		return err
	}
	for _, row := range rows {
		e, err := o.Sealer.OpenEvent(d, row, true)
		if err != nil {
			return err
		}
		own := e.Open.How == complaint.HowLink && e.Actor == l.Who(d.ID).ID && e.At.Equal(l.EndedAt)
		switch {
		case own && e.Kind == complaint.CorrectionAsked:
			t.Said.Own, t.Said.Words = true, complaint.Reveal(e.Sealed[complaint.Text])
		case own && e.Kind == complaint.Confirmed:
			t.Said.Own = true
		}
	}
	t.Said.Newer = d.SentVersion > l.Version
	reader := l.For == complaint.ReaderConfirms
	if !reader || l.Ended == complaint.LinkCorrected {
		t.Number = d.Number
	}
	if !reader || d.SentHow == complaint.HowReader {
		t.Said.ConfirmedOn = d.ConfirmedOn
	}
	if !reader && d.State.IsRunning() && d.AnsweredOn.IsZero() {
		t.Said.DueOn = d.DueOn
	}
	return nil
}
