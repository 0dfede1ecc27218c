package complaint

import (
	"strings"

	"gehoor/internal/calendar"
)

// Confirmation is the caller's yes, as an employee records it.
type Confirmation struct {
	How     string        // HowSlip, HowReply, HowReadAloud (HowLink comes from the public page)
	On      calendar.Date // slip: the day it came in; reply: the day it came in; reading aloud: the day of the yes
	By      string        // caller, reader or representative
	Version int           // the wording that was confirmed; 0: the latest
	Said    string        // the reply, or the literal yes
	Aloud   Aloud
	// Harmless: an employee read the reply and found that its remark cannot change the text.
	Harmless bool
}

// The people who may confirm.
const (
	CallerConfirms         = "caller"
	ReaderConfirms         = "reader"
	RepresentativeConfirms = "representative"
)

// Aloud says how a reading aloud was witnessed.
type Aloud struct {
	Way     string // listened (a colleague listened along), called_back, alone
	Present string // the colleague
	Asked   bool   // the caller was asked whether a colleague may listen along
	Moment  string // when alone: the moment of the yes
	Number  string // when alone or called back: the number
}

// The ways in which a reading aloud is witnessed.
const (
	Listened   = "listened"
	CalledBack = "called_back"
	Alone      = "alone" // the literal yes, moment and number, and a control letter the same day
)

// Confirm records the yes that files an oral complaint; filed on is the local date of
// the yes. After "not confirmed" a late yes reopens the dossier.
func (d Dossier) Confirm(c Confirmation, s Scene) ([]Event, error) {
	if !d.State.IsUnconfirmed() && d.State != ClosedUnconfirmed {
		return nil, refused("refused.not_awaiting")
	}
	if d.TextVersion == 0 {
		return nil, refused("refused.no_text")
	}
	var m Mistakes
	oneOf(&m, "how", c.How, HowSlip, HowReply, HowReadAloud, HowLink)
	earliest := d.ReceivedOn
	if c.How != HowReadAloud {
		if !d.SentOn.IsZero() { // a slip that came back proves that its letter was posted
			earliest = d.SentOn
		}
		if d.SentVersion != d.TextVersion {
			m.Add("how", "error.text_not_sent")
		}
	}
	m.day("on", c.On, earliest, s)
	oneOf(&m, "by", c.By, CallerConfirms, ReaderConfirms, RepresentativeConfirms)
	if c.By == ReaderConfirms && d.SentHow != HowReader {
		m.Add("by", "error.no_reader")
	}
	if c.Version != 0 && c.Version != d.TextVersion {
		m.Add("version", "error.other_version", "Version", d.TextVersion)
	}
	sealed := Sealed{Text: m.text("said", c.Said, MaxText)}
	if c.How == HowReply && sealed[Text].IsEmpty() {
		m.Add("said", "error.required")
	} else if c.How == HowReply && !isPlainYes(c.Said) && !c.Harmless {
		m.Add("harmless", "error.remark_in_yes")
	}
	c.checkAloud(&m, sealed)
	if m.Err() != nil {
		return nil, m
	}
	open := Open{On: c.On, How: c.How, Outcome: c.By, TextVersion: d.TextVersion, Reason: c.aloudWay()}
	return number(d, s.event(Confirmed, open, sealed), s.filed(d.ReceivedOn, c.On, d.Channel)), nil
}

func (c Confirmation) aloudWay() string {
	if c.How == HowReadAloud {
		return c.Aloud.Way
	}
	return ""
}

func (c Confirmation) checkAloud(m *Mistakes, sealed Sealed) {
	if c.How != HowReadAloud {
		return
	}
	oneOf(m, "aloud", c.Aloud.Way, Listened, CalledBack, Alone)
	switch c.Aloud.Way {
	case Listened:
		sealed[Present] = m.required("present", c.Aloud.Present, MaxLine)
		if !c.Aloud.Asked {
			m.Add("asked", "error.ask_listening")
		}
	case CalledBack:
		sealed[Where] = m.required("number", c.Aloud.Number, MaxLine)
	case Alone:
		if sealed[Text].IsEmpty() {
			m.Add("said", "error.required")
		}
		sealed[Where] = m.required("number", c.Aloud.Number, MaxLine)
		sealed[Explanation] = m.required("moment", c.Aloud.Moment, MaxLine)
	}
}

// isPlainYes reports whether a reply is a short exact yes. Anything more is read by an
// employee, who says whether the remark can change the text.
func isPlainYes(reply string) bool {
	switch strings.Join(words(reply), " ") {
	case "ja", "ja dit klopt", "dit klopt", "klopt", "ja klopt", "akkoord", "ja akkoord", "yes", "yes this is right", "this is right":
		return true
	}
	return false
}
