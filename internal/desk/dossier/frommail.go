package dossier

import (
	"net/url"

	"gehoor/internal/complaint"
	"gehoor/internal/porch"
)

// takeMail fills the form with what the complainant wrote last, by e-mail, and the day
// it came in. What it means stays to be chosen.
func (s *sheet) takeMail() {
	for i := len(s.view.Events) - 1; i >= 0; i-- {
		e := s.view.Events[i]
		if e.Kind != complaint.ContactMade || e.Open.Outcome != complaint.ContactWritten {
			continue
		}
		written := told(e, complaint.Text)
		typed := url.Values{"on": {e.Open.On.String()}, "how": {complaint.HowEmail}, "said": {written}}
		switch s.task {
		case complaint.TaskCorrect:
			typed.Set("how", complaint.HowReply)
		case complaint.TaskConfirm:
			typed = url.Values{"on": {e.Open.On.String()}, "how": {complaint.HowReply}, "reply": {written}, "by": {complaint.CallerConfirms}}
		}
		s.typed, s.posted = porch.Form{Values: typed}, true
		return
	}
}
