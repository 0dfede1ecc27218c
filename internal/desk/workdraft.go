package desk

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"gehoor/internal/desk/dossier"
	"gehoor/internal/desk/frame"
	"gehoor/internal/desk/intake"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/porch"
	"gehoor/internal/words"
)

// draftLine is something that its owner kept and did not send yet.
type draftLine struct {
	Link page.Link
	Text string
	Late string // why it is urgent; "" when it is not
}

// draftLines gives what the visitor kept: new complaints first, the oldest call on top,
// then what was written in
// dossiers, by number.
func (d *Desk) draftLines(r *http.Request, kept map[string][]office.Unsent) (list []draftLine, err error) {
	v := porch.Voice(r)
	intakes, err := d.Office.Intakes(r.Context(), porch.Who(r).Person)
	if err != nil {
		return nil, err
	}
	for _, u := range intakes {
		line := draftLine{Link: page.Link{Label: v.Say("draft.intake." + string(u.Channel)), Href: intake.DraftLink(u)},
			Text: v.Say("draft.intake_until", "Called", v.WeekdayDate(u.CalledOn), "Until", v.WeekdayDate(u.Until))}
		if title := (porch.Form{Values: url.Values(u.Fields)}).Text("title"); title != "" {
			line.Link.Label += ": " + title
		}
		switch {
		case u.Ending:
			line.Late = v.Say("draft.intake_ending")
		case u.Late:
			line.Late = v.Say("draft.intake_late")
		}
		list = append(list, line)
	}
	first := len(list)
	for id, drafts := range kept {
		for _, u := range drafts {
			list = append(list, draftLine{Link: page.Link{Label: u.Number + ": " + v.Say("task."+string(u.Task)), Href: dossier.DraftLink(id, u.Task)},
				Text: v.Say("draft.of", "Moment", v.Moment(u.At))})
		}
	}
	slices.SortFunc(list[first:], func(a, b draftLine) int { return strings.Compare(a.Link.Label, b.Link.Label) })
	return list, nil
}

// withDraft adds to a cell that its reader kept a draft.
func withDraft(v *words.Voice, cell page.Cell, n int) page.Cell {
	if n > 0 {
		cell.Small = frame.JoinLines(cell.Small, v.Say("draft.in_list"))
	}
	return cell
}
