package home

import (
	"strings"

	"gehoor/internal/complaint"
	"gehoor/internal/counter/frame"
	"gehoor/internal/page"
)

// way is one way in, with its address.
type way struct {
	Code    complaint.Channel
	Title   string
	Icon    page.IconName
	Paras   []para
	Link    page.Link // none for the post
	Address []string  // of the post; of the form, to type over
}

// ways gives the ways in that are on and have an address, in the order of the procedure.
func (s teller) ways() []way {
	var all []way
	for _, rule := range s.Rules.Channels {
		if s.has(rule.Code) {
			all = append(all, s.way(rule.Code))
		}
	}
	return all
}

func (s teller) way(code complaint.Channel) way {
	key := string(code)
	w := way{Code: code, Title: s.Say("counter.home." + key), Paras: []para{s.say(key + "_text")}}
	switch code {
	case complaint.Form:
		w.Icon, w.Link = page.IconPen, page.Link{Label: s.Say("counter.home.form_link"), Href: frame.FormPath}
		if _, host, reached := strings.Cut(s.Base, "://"); reached {
			w.Address = []string{host + frame.FormPath}
		}
	case complaint.Phone:
		w.Icon, w.Link = page.IconPhone, page.Link{Label: s.Org.Phone, Href: page.Tel(s.Org.Phone)}
		if s.Org.OpeningHours != "" {
			w.Paras = append(w.Paras, para{Text: s.Say("counter.home.hours") + " " + s.Org.OpeningHours})
		}
	case complaint.Email:
		w.Icon, w.Link = page.IconMail, page.Link{Label: s.Org.Email, Href: "mailto:" + s.Org.Email + "?subject=klacht%3A%20"}
	case complaint.Post:
		w.Icon = page.IconPage
		w.Address = append([]string{s.Org.Name, s.Say("counter.home.post_attention")}, lines(s.Org.Postal)...)
	}
	return w
}

func lines(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// onPaper is the way in one line: what is clicked on a page is read here.
func (w way) onPaper() string {
	var all []string
	if len(w.Address) > 0 {
		all = append(all, strings.Join(w.Address, ", "))
	} else if w.Code != complaint.Form { // whose link is a word to press
		all = append(all, w.Link.Label)
	}
	for _, p := range w.Paras {
		all = append(all, strings.TrimSuffix(p.Text, "."))
	}
	return strings.Join(all, ". ")
}
