package letter

import (
	"fmt"
	"slices"
	"strings"
)

// mostAddressLines is what fits in the window at a size the post can read.
const mostAddressLines = 7

// Incomplete is the error for an Order that cannot become a letter. It names
// every mistake at once and never repeats a typed value: it may be logged.
type Incomplete struct {
	Kind     Kind
	Mistakes []Mistake
}

// A Mistake is one field and what is wrong with it.
type Mistake struct {
	Field   string // as in Order: "Date", "Facts.DueOn"
	Problem string
}

func (e *Incomplete) Error() string {
	parts := make([]string, len(e.Mistakes))
	for i, m := range e.Mistakes {
		parts[i] = m.Field + " " + m.Problem
	}
	return fmt.Sprintf("letter: %s: %s", e.Kind, strings.Join(parts, "; "))
}

// needs lists the facts a kind cannot do without.
func needs(kind Kind) []string {
	switch kind {
	case Acknowledgement:
		return []string{"Facts.ReceivedOn"}
	case ConfirmationText:
		return []string{"Facts.ReceivedOn", "Facts.Description"}
	case Reminder:
		return []string{"Facts.Description"}
	case ReadingControl:
		return []string{"Facts.SaidOn", "Facts.Description"}
	case PassedToManager:
		return []string{"Facts.Handler"}
	case ExtensionProposed:
		return []string{"Facts.Reason", "Facts.DueOn", "Facts.ProposedOn"}
	case ExtensionAgreed:
		return []string{"Facts.AgreedOn"}
	case NotAccepted:
		return []string{"Facts.Reason"}
	case PassedOn:
		return []string{"Facts.PassedTo", "Facts.SaidOn"}
	case Answer:
		return []string{"Facts.Body"}
	case WhatYouSaid:
		return []string{"Facts.SaidOn", "Facts.Said"}
	case NewCode:
		return []string{"Facts.Code"}
	case EmployeeOutcome:
		return []string{"Facts.Outcome"}
	case Condolence:
		return []string{"Facts.Deceased"}
	case Withdrawn, ResolvedInformally:
		return []string{"Facts.SaidOn"}
	}
	return nil // NoConfirmation, TalkFirst
}

// lacks says which of the facts that a kind may need are not there.
func lacks(f Facts, field string) bool {
	switch field {
	case "Facts.ReceivedOn":
		return f.ReceivedOn.IsZero()
	case "Facts.DueOn":
		return f.DueOn.IsZero()
	case "Facts.ProposedOn":
		return f.ProposedOn.IsZero()
	case "Facts.AgreedOn":
		return f.AgreedOn.IsZero()
	case "Facts.SaidOn":
		return f.SaidOn.IsZero()
	case "Facts.Description":
		return blank(f.Description)
	case "Facts.Reason":
		return blank(f.Reason)
	case "Facts.Outcome":
		return blank(f.Outcome)
	case "Facts.Deceased":
		return blank(f.Deceased)
	case "Facts.PassedTo":
		return blank(f.PassedTo)
	case "Facts.Handler":
		return blank(f.Handler.Name + f.Handler.Function)
	case "Facts.Said":
		return blank(f.Said)
	case "Facts.Code":
		return blank(f.Code)
	case "Facts.Body":
		return !slices.ContainsFunc(f.Body, says)
	}
	return false
}

// says reports whether the handler typed anything in this section.
func says(s Section) bool { return !blank(strings.Join(s.Paragraphs, "")) }

// check gives an *Incomplete with every mistake in the order, or nil.
func check(o Order, lang string) error {
	e := &Incomplete{Kind: o.Kind}
	wrong := func(bad bool, field, problem string) {
		if bad {
			e.Mistakes = append(e.Mistakes, Mistake{field, problem})
		}
	}
	wrong(!slices.Contains(Kinds(), o.Kind), "Kind", "is not a kind of letter")
	wrong(o.Language != lang, "Language", "is not the language of the voice")
	wrong(!slices.Contains([]int{0, 12, 16, 20}, o.PointSize), "PointSize", "must be 12, 16 or 20")
	wrong(o.Date.IsZero(), "Date", "is needed")
	wrong(blank(o.Number), "Number", "is needed")
	wrong(blank(o.Contact.Name), "Contact.Name", "is needed")
	wrong(!reachable(o), "Contact.Phone", "is needed, or another way to reach the sender")
	if !o.Mail {
		wrong(len(o.Addressee) == 0 && !o.Preview, "Addressee", "is needed on paper")
		wrong(len(o.Addressee) > mostAddressLines, "Addressee", "has too many lines for the window")
		wrong(slices.ContainsFunc(o.Addressee, badLine), "Addressee", "has an empty or broken line")
	}
	wrong(o.Facts.NameOpened != nil && *o.Facts.NameOpened < 0, "Facts.NameOpened", "is less than zero")
	for _, field := range needs(o.Kind) {
		wrong(lacks(o.Facts, field), field, "is needed")
	}
	if len(e.Mistakes) > 0 {
		return e
	}
	return nil
}

// reachable reports whether "Klopt dat niet?" can be answered at all.
func reachable(o Order) bool {
	s := o.Sender
	return !blank(o.Contact.Phone + s.Phone + s.Email + strings.Join(s.Postal, ""))
}

func blank(s string) bool { return strings.TrimSpace(s) == "" }

// badLine finds what would shift the lines in the window.
func badLine(s string) bool { return blank(s) || strings.ContainsAny(s, "\r\n") }
