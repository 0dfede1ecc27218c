package desk

import (
	"strings"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

// logColumns are the columns of a logbook.
var logColumns = []string{"when", "who", "what", "number", "about", "why", "result"}

// logVoice says in words what stands in a log line as ids and codes.
type logVoice struct {
	v       *words.Voice
	names   frame.People
	reasons []complaint.Choice // for opening a name
}

// who names the actor; what the program did by itself has no name.
func (s logVoice) who(id complaint.Actor) string {
	if name := s.names.Name(id); name != "" {
		return name
	}
	switch id {
	case complaint.ByClock:
		return s.v.Say("logbook.by_clock")
	case complaint.ByComplainant:
		return s.v.Say("relation.complainant")
	case complaint.ByReader:
		return s.v.Say("relation.reader")
	case record.OnServer:
		return s.v.Say("logbook.by_server")
	}
	return s.v.Say("logbook.by_other")
}

// what says what was done.
func (s logVoice) what(e office.LogEntry) string {
	family, code := "logbook.action.", e.Action
	switch {
	case e.Action == record.ActionEvent:
		family, code = "logbook.event.", e.Reason
	case e.Action == office.ActionOpen && e.Reason == office.ReasonLetter:
		code = "print_letter"
	}
	if s.v.Has(family + code) {
		return s.v.Say(family + code)
	}
	return code
}

// about names who it was about, or in whose place it was done.
func (s logVoice) about(e office.LogEntry) string {
	if e.OnBehalf == "" {
		return ""
	}
	if e.Action == office.ActionOpen {
		return s.v.Say("logbook.in_place_of", "Name", s.who(e.OnBehalf))
	}
	return s.who(e.OnBehalf)
}

// why gives the reason: of an opening as the procedure words it, else codes in words.
func (s logVoice) why(e office.LogEntry) string {
	switch e.Action {
	case record.ActionEvent:
		return ""
	case office.ActionOpen:
		why := s.token("logbook.reason.", e.Reason)
		for _, c := range s.reasons {
			if c.Code == e.Reason {
				why = s.v.Label(c.Label)
			}
		}
		return frame.JoinLines(why, e.Remark)
	}
	var parts []string
	for _, code := range strings.Fields(e.Reason) {
		parts = append(parts, s.token("logbook.reason.", code))
	}
	return strings.Join(parts, ", ")
}

// token puts a code, a day or an id of a reason in words, where there are any.
func (s logVoice) token(family, code string) string {
	for _, key := range []string{family + code, "logbook.kind." + code, "people.field_" + code, "role." + code} {
		if s.v.Has(key) {
			return s.v.Say(key)
		}
	}
	if day, err := calendar.Parse(code); err == nil && !day.IsZero() {
		return s.v.Date(day)
	}
	if name := s.names.Name(complaint.Actor(code)); name != "" {
		return name
	}
	if name := s.names.Department(code); name != "" {
		return name
	}
	return code
}

func (s logVoice) result(e office.LogEntry) string {
	if key := "logbook.result." + e.Result; s.v.Has(key) {
		return s.v.Say(key)
	}
	return e.Result
}

// logTable shows the lines.
func logTable(s logVoice, entries []office.LogEntry) page.Table {
	t := page.Table{Caption: s.v.Say("logbook.caption")}
	for _, key := range logColumns[:len(logColumns)-1] { // the result stands below what was done
		t.Columns = append(t.Columns, page.Column{Label: s.v.Say("logbook.column." + key)})
	}
	for _, e := range entries {
		what := page.Cell{Text: s.what(e)}
		if e.Result != "done" {
			what.Small = s.result(e)
		}
		t.Rows = append(t.Rows, page.Row{{Text: s.v.Moment(e.At)}, {Text: s.who(e.Actor)}, what, {Text: e.Number}, {Text: s.about(e)}, {Text: s.why(e)}})
	}
	return t
}
