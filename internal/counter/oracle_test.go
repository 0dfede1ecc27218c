package counter_test

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/counter/confirm"
	"gehoor/internal/counter/follow"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
)

// TestEveryRouteOfTheCounter walks confirming and following as everybody outside, against
// the oracle in testdata of the house: a route without a row fails, and so does a row
// without a route.
func TestEveryRouteOfTheCounter(t *testing.T) {
	file, err := os.Open("../house/testdata/counter.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	r := csv.NewReader(file)
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, route := range append((&confirm.Door{}).Routes(), (&follow.Door{}).Routes()...) {
		known[route.Pattern] = false
	}
	for i, who := range rows[0][1:] {
		who = strings.TrimSpace(who)
		t.Run(who, func(t *testing.T) {
			s := open(t, housetest.Empty(t))
			s.at("2026-11-11")
			own, other := s.letter(), s.letter()
			letter := s.view(own).Letters[0]
			s.must(s.Office.LetterWentOut(t.Context(), s.who(helpdesk), own, letter.ID, s.Office.Today()))
			link := s.link(s.call(complaint.HowReader, forDaughter))
			b := s.browser()
			switch who {
			case "complainant":
				b = s.enters(own, s.code(own))
			case "other complainant":
				b = s.enters(other, s.code(other))
			case "reader":
				b.get(link)
			case "staff":
				token, _, err := s.People.LogIn(t.Context(), "jorien@lsr.example.org", house.DemoPassword)
				s.must(err)
				b.cookies["__Host-gehoor"] = token
			}
			for _, row := range rows[1:] {
				pattern, want := strings.TrimSpace(row[0]), strings.TrimSpace(row[i+1])
				if _, is := known[pattern]; !is {
					t.Errorf("the oracle names %s, which is no route", pattern)
				}
				known[pattern] = true
				method, path, _ := strings.Cut(pattern, " ")
				path = strings.NewReplacer("/ja/{token}", link, "{letter}", letter.ID).Replace(path)
				if got := b.walk(method, path); got != want {
					t.Errorf("%s: %q, the oracle says %q", pattern, got, want)
				}
			}
		})
	}
	for pattern, walked := range known {
		if !walked {
			t.Errorf("%s has no row in counter.csv: who may go there?", pattern)
		}
	}
}

// walk goes to a route with a form in which nothing was typed, and tells what came back.
func (b *browser) walk(method, path string) string {
	b.s.t.Helper()
	w := b.get(path)
	if method == http.MethodPost {
		w = b.post(path, url.Values{})
	}
	switch {
	case w.Code == http.StatusNotFound:
		return "0"
	case w.Code == http.StatusUnauthorized, method == http.MethodGet && w.Code == http.StatusSeeOther && w.Header().Get("Location") == "/volgen":
		return ">"
	case w.Code >= 500:
		b.s.t.Errorf("%s %s: %d", method, path, w.Code)
	}
	return "+"
}
