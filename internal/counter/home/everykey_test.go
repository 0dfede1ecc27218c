package home

import (
	"reflect"
	"slices"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// promiseOf says by which row of promises each part of a procedure is told, and why the
// others are not: that they are the work of staff, or only name the file.
var promiseOf = map[string]string{
	"ID": "", "Version": "", "ValidFrom": "", "Title": "", "Language": "", // name the file
	"Target": "", "Signals": "", "Confirmation": "", "ReportK": "", // how staff work
	"Channels": "channels.phone", "Subjects": "subjects", "TalkFirst": "talk_first", "AcknowledgeWithin": "acknowledge", "Term": "term",
	"Extension": "extension.consent", "Handler": "handler.fallback", "Hearing": "hearing", "Judgement": "judgement",
	"SecondInstance": "second_instance", "ExternalBody": "external_body", "NotAccepted": "not_accepted", "OpeningReasons": "opening_reasons",
	"Retention": "retention", "Anonymity": "anonymity.default", "FollowUp": "follow_up", "Companion": "companion",
}

// TestEveryKeyIsWeighed: who adds something to a procedure says whether it is told to
// people outside, and tests it.
func TestEveryKeyIsWeighed(t *testing.T) {
	rules := reflect.TypeFor[complaint.Rules]()
	for i := range rules.NumField() {
		name := rules.Field(i).Name
		key, weighed := promiseOf[name]
		if !weighed {
			t.Errorf("%s is new in a procedure: is it told on the first page? Name it in promiseOf", name)
		}
		isTested := slices.ContainsFunc(promises, func(p promise) bool { return p.key == key })
		if key != "" && !isTested {
			t.Errorf("%s should be tested as %s, and is not", name, key)
		}
	}
}

// TestNothingIsSaidWithoutAKey empties every key and setting, and holds what is left to
// the words that promise nothing but the term, which cannot be empty.
func TestNothingIsSaidWithoutAKey(t *testing.T) {
	const left = "Stichting Voorbeeld Niet tevreden? Vertel het ons. " +
		"U kunt een klacht indienen over Stichting Voorbeeld. Wij zoeken het uit. Wij sturen u binnen 3 maanden ons antwoord. " +
		"1. U vertelt uw klacht Vertel wat er is gebeurd. Vertel ook wat Stichting Voorbeeld volgens u moet doen. " +
		"2. U krijgt een ontvangstbericht Daarin staat uw nummer. U leest er ook op welke dag wij uiterlijk antwoord sturen. " +
		"3. Een leidinggevende zoekt het uit Uw klacht gaat naar de leidinggevende van de afdeling. " +
		"4. U krijgt antwoord Wij antwoorden zo snel mogelijk. Wij sturen ons antwoord uiterlijk binnen 3 maanden. Wij tellen vanaf de dag waarop u uw klacht indient. " +
		"5. Wij leren ervan Elke klacht komt in ons register. Wij kijken wat wij ervan kunnen leren. " +
		"Zo gaan wij om met uw naam Alleen medewerkers die aan uw klacht werken, kunnen uw naam openen: de helpdesk; de leidinggevende die uw klacht behandelt. Is die er niet? Dan kan de vervanger uw naam openen. " +
		"Niet tevreden met ons antwoord? Er is bij ons geen tweede ronde. Een nieuwe klacht mag altijd."
	for name, x := range shipped(t) {
		for _, p := range promises {
			p.empty(&x)
		}
		x.Rules.Extension = complaint.ExtensionRule{}
		x.Org = record.Organisation{Name: "Stichting Voorbeeld"}
		s := teller{told: x, Voice: voice(t, "nl")}
		if got := onPaper(leafletSheet(s, tell(x, s.Voice))); got != left {
			t.Errorf("%s: with nothing filled in it says\n%s\nand should say\n%s", name, got, left)
		}
	}
}
