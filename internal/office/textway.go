package office

import (
	"context"
	"time"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// TextWay is a link or a slip to the text of a dossier, as the desk sees it: for whom, and
// what came of it.
type TextWay struct {
	complaint.TextLink
	Slip     bool // a code on paper
	Standing complaint.LinkStanding
	Made     calendar.Date
	Until    calendar.Date // the last day on which it works
	EndedOn  calendar.Date // zero: it has not ended
	ReadOn   calendar.Date // when the text was last looked at by it; zero: never
}

// textWays gives the ways to the text, the newest first; lines are those of the logbook.
func (o *Office) textWays(ctx context.Context, d record.Dossier, lines []record.LogLine) (ways []TextWay, err error) {
	links, err := o.Cupboard.TextLinks(ctx, d.ID)
	later := map[complaint.Actor]time.Time{} // when the next one was made for the same person
	for i := len(links) - 1; i >= 0; i-- {
		l := links[i]
		if l.Kind == record.LinkPass { // it is the slip, for a while
			continue
		}
		who := l.Who(d.ID).ID
		w := TextWay{TextLink: l.TextLink, Slip: l.Kind == record.LinkSlip, Standing: l.Standing(d.Dossier, o.now()), Made: calendar.Of(l.Made.In(o.Zone)),
			Until: calendar.Of(l.Expires.In(o.Zone).Add(-time.Nanosecond)), ReadOn: o.readText(lines, who, l.Made, later[who])}
		if !l.EndedAt.IsZero() {
			w.EndedOn = calendar.Of(l.EndedAt.In(o.Zone))
		}
		ways, later[who] = append(ways, w), l.Made
	}
	return ways, err
}

// readText is when somebody last looked at the text, between two moments.
func (o *Office) readText(lines []record.LogLine, who complaint.Actor, from, until time.Time) (on calendar.Date) {
	for _, l := range lines {
		if l.Action == ActionReadText && l.Actor == who && !l.At.Before(from) && (until.IsZero() || l.At.Before(until)) {
			if day := calendar.Of(l.At.In(o.Zone)); day.After(on) {
				on = day
			}
		}
	}
	return on
}
