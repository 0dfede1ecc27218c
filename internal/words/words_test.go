package words

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

func loaded(t testing.TB) *Catalog {
	t.Helper()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestSay(t *testing.T) {
	c := loaded(t)
	nl, en := c.Speak("nl"), c.Speak("en")
	for _, tt := range []struct{ got, want string }{
		{nl.Say("common.yes"), "Ja"},
		{en.Say("common.yes"), "Yes"},
		{nl.Say("error.too_short", "Min", 12), "Dit is te kort. Gebruik minstens 12 tekens."},
		{nl.Say("no.such.key"), "⟦no.such.key⟧"},
		{nl.Say("error.too_short"), "⟦error.too_short⟧"}, // a field was forgotten
		{nl.Say("common.by", "Name", "<b>Jan</b>"), "door <b>Jan</b>"},
		{nl.Say("error.not_later", "Date", time.Date(2026, 11, 27, 0, 0, 0, 0, time.UTC)), "Kies een datum na 27 november 2026."},
		{nl.Count("count.days", 1), "1 dag"},
		{nl.Count("count.days", 0), "0 dagen"},
		{nl.Count("count.days", 14), "14 dagen"},
		{en.Count("count.days", 1), "1 day"},
		{nl.Count("wave.late", 2, "Due", "22 november"), "Te laat: 2 dagen. Het had uiterlijk 22 november gemoeten."},
		{nl.Count("no.such.key", 2), "⟦no.such.key⟧"},
		{c.Speak("fy").Lang(), "nl"},
		{c.Speak("").Lang(), "nl"},
		{en.Lang(), "en"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
	if !nl.Has("common.yes") || nl.Has("no.such.key") {
		t.Error("Has is wrong")
	}
}

// noDay is what calendar.Date is when there is no date.
type noDay struct{}

func (noDay) Date() (int, time.Month, int) { return 0, 0, 0 }
func (noDay) Weekday() time.Weekday        { return 0 }

func TestDates(t *testing.T) {
	c := loaded(t)
	nl, en := c.Speak("nl"), c.Speak("en")
	at := time.Date(2026, time.November, 22, 14, 25, 0, 0, time.FixedZone("CET", 3600))
	for _, tt := range []struct{ got, want string }{
		{nl.Date(at), "22 november 2026"},
		{nl.LongDate(at), "zondag 22 november 2026"},
		{nl.WeekdayDate(at), "zondag 22 november"},
		{nl.ShortDate(at), "zo 22 nov"},
		{nl.ShortDayMonth(at), "22 nov"},
		{nl.DayMonth(at), "22 november"},
		{nl.Time(at), "14.25"},
		{nl.Moment(at), "22 november 2026, 14.25"},
		{en.LongDate(at), "Sunday 22 November 2026"},
		{en.ShortDate(at), "Sun 22 Nov"},
		{en.Moment(at), "22 November 2026, 14:25"},
		{nl.Date(noDay{}), ""}, {nl.LongDate(noDay{}), ""}, {nl.WeekdayDate(noDay{}), ""},
		{nl.ShortDate(noDay{}), ""}, {nl.DayMonth(noDay{}), ""}, {nl.ShortDayMonth(noDay{}), ""},
		{nl.Moment(time.Time{}), ""}, {nl.Time(time.Time{}), ""}, {nl.Date(time.Time{}), ""},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}

// Both languages must say the same things with the same fields.
func TestLanguagesMatch(t *testing.T) {
	c := loaded(t)
	nl, en := c.voices["nl"], c.voices["en"]
	inDutch, inEnglish := messages(t, "nl"), messages(t, "en")
	for _, key := range nl.Keys() {
		if !en.Has(key) {
			t.Errorf("%s stands in nl and not in en", key)
			continue
		}
		if got, want := fields(inEnglish[key]), fields(inDutch[key]); !slices.Equal(got, want) {
			t.Errorf("%s: en has fields %v, nl has %v", key, got, want)
		}
		if (inDutch[key].One == "") != (inEnglish[key].One == "") {
			t.Errorf("%s: only one language has a form for one", key)
		}
	}
	for _, key := range en.Keys() {
		if !nl.Has(key) {
			t.Errorf("%s stands in en and not in nl", key)
		}
	}
}

// messages is what stands in the files of a language, in all forms.
func messages(t *testing.T, lang string) map[string]*i18n.Message {
	t.Helper()
	names, err := fs.Glob(files, lang+"/*.toml")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]*i18n.Message{}
	for _, name := range names {
		list, err := written(files, name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range list {
			all[m.ID] = m
		}
	}
	return all
}

// fields lists the names between {{ and }}, over all forms. A plural may leave
// out the number ("once"), so {{.N}} is not compared.
func fields(m *i18n.Message) []string {
	var names []string
	for _, form := range []string{m.One, m.Other} {
		for _, part := range strings.Split(form, "{{")[1:] {
			name, _, _ := strings.Cut(part, "}}")
			if name = strings.TrimSpace(name); name != ".N" {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func TestTextsAreWhole(t *testing.T) {
	for _, lang := range Languages() {
		for key, m := range messages(t, lang) {
			if key != strings.ToLower(key) || !strings.Contains(key, ".") || strings.ContainsAny(key, " -") {
				t.Errorf("%s: key %q should look like room.name", lang, key)
			}
			for _, form := range forms(m) {
				checkText(t, lang+" "+key, form)
			}
		}
	}
}

// forms gives every form a message has; "other" always, even when empty.
func forms(m *i18n.Message) []string {
	if m.One == "" {
		return []string{m.Other}
	}
	return []string{m.One, m.Other}
}

func checkText(t *testing.T, where, text string) {
	t.Helper()
	if strings.TrimSpace(text) == "" {
		t.Errorf("%s is empty", where)
	}
	if text != strings.TrimSpace(text) {
		t.Errorf("%s has space around it: %q", where, text)
	}
	if _, err := parser.Parse(text, "", ""); err != nil {
		t.Errorf("%s: %v", where, err)
	}
	if strings.Contains(text, "—") {
		t.Errorf("%s: write a comma or a full stop instead of a long dash", where)
	}
}

func TestLoadRefuses(t *testing.T) {
	good := &fstest.MapFile{Data: []byte("[\"a.b\"]\nother = \"x\"\n")}
	for name, from := range map[string]fstest.MapFS{
		"written twice": {"nl/a.toml": good, "nl/b.toml": good},
		"a.toml":        {"nl/a.toml": {Data: []byte("[[[")}},
	} {
		if _, err := load(from); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("got error %v, want one that says %q", err, name)
		}
	}
}

func TestManyAtOnce(t *testing.T) {
	nl := loaded(t).Speak("nl")
	done := make(chan string)
	for range 8 {
		go func() { done <- nl.Count("count.days", 3) + nl.Say("error.too_long", "Max", 5) }()
	}
	first := <-done
	for range 7 {
		if got := <-done; got != first {
			t.Errorf("got %q and %q", first, got)
		}
	}
}

func BenchmarkSay(b *testing.B) {
	nl := loaded(b).Speak("nl")
	b.ReportAllocs()
	for b.Loop() {
		_ = nl.Say("common.yes")
	}
}
