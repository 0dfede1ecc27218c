package manage

import (
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/page"
	"gehoor/internal/personnel"
	"gehoor/internal/porch"
	"gehoor/internal/record"
)

// foreseenField says that the page with what an absence means was seen.
const foreseenField = "gezien"

// foresee shows what an absence means before it is saved; shown is false when there is
// nothing to say, or when something is wrong with it.
func (d *Door) foresee(w http.ResponseWriter, r *http.Request, q *frame.Questions, a record.Absence) (shown bool, err error) {
	f, err := d.Personnel.Foresee(r.Context(), porch.Who(r).Person, a)
	if err := q.Take(err); err != nil || q.Failed() || f.IsQuiet() || q.Typed.Ticked(foreseenField, "") {
		return false, err
	}
	names, err := d.People(r)
	if err != nil {
		return false, err
	}
	say, v, path := q.Voice.Say, q.Voice, r.URL.Path
	hidden := []page.Hidden{{Name: foreseenField, Value: "1"}, {Name: personnel.FieldStaff, Value: string(a.Staff)},
		{Name: personnel.FieldFrom, Value: a.From.String()}, {Name: personnel.FieldTo, Value: a.To.String()}}
	p := frame.Managed{Voice: v, Title: say("foresee.title"), Meaning: say("foresee.lead", "Name", names.Name(a.Staff), "From", a.From, "To", a.To),
		Place: absencePath, Back: frame.BackTo(v, "people.absence", path)}
	if covers, warn := coverLines(q, names, f.Covers); len(covers) > 0 {
		if warn {
			p.Parts = append(p.Parts, frame.ParagraphNote(page.NoteWarn, say("foresee.warn"), strings.Join(covers, "\n\n")))
		} else {
			p.Parts = append(p.Parts, frame.ParagraphNote(page.NotePlan, say("foresee.covers"), strings.Join(covers, "\n\n")))
		}
	}
	if len(f.Unmanned) > 0 {
		var days []string
		for _, day := range f.Unmanned[:min(len(f.Unmanned), 10)] {
			days = append(days, v.Date(day))
		}
		p.Parts = append(p.Parts, frame.ParagraphNote(page.NoteWarn, say("foresee.unmanned"), strings.Join(days, ", ")))
	}
	p.Parts = append(p.Parts, frame.Section("vallen", say("foresee.due"), dueParts(q, names, f)),
		frame.ManagedForm(path, hidden, nil, page.Button{Label: say("foresee.save"), Kind: page.Primary}),
		buttonRow(page.Button{Label: say("foresee.back"), Href: path, Kind: page.Quiet}))
	return true, d.showManaged(w, r, p)
}

// coverLines says who stands in for each department; warn when nobody does some of the time.
func coverLines(q *frame.Questions, names frame.People, covers []personnel.Cover) (lines []string, warn bool) {
	say := q.Voice.Say
	for _, c := range covers {
		name := names.Name(c.Deputy)
		switch {
		case c.Deputy == complaint.Actor("") || !names.Staff[c.Deputy].Active:
			lines, warn = append(lines, say("foresee.nobody", "Department", c.Department)), true
		case len(c.Away) > 0:
			lines, warn = append(lines, say("foresee.deputy_away", "Department", c.Department, "Name", name, "From", c.Away[0].From, "To", c.Away[0].To)), true
		default:
			lines = append(lines, say("foresee.deputy", "Department", c.Department, "Name", name))
		}
	}
	return lines, warn
}

// dueParts lists what falls due, each with who can do it.
func dueParts(q *frame.Questions, names frame.People, f personnel.Foreseen) []templ.Component {
	if f.Hidden && len(f.Due) == 0 {
		return []templ.Component{frame.Para(q.Voice.Say("foresee.hidden"))}
	}
	if len(f.Due) == 0 {
		return []templ.Component{frame.Para(q.Voice.Say("foresee.no_due"))}
	}
	var parts []templ.Component
	for _, x := range f.Due {
		stands := q.Voice.Say("foresee.nobody_for")
		if x.StandsIn != "" {
			stands = q.Voice.Say("foresee.stands_in", "Name", names.Name(x.StandsIn))
		}
		parts = append(parts, dueLink(q.Voice, x.Due), frame.Para(stands))
	}
	return append(parts, frame.Para(q.Voice.Say("foresee.stays")))
}
