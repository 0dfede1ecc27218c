package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/office"
	"gehoor/internal/porch"
	"gehoor/internal/record"
)

// outsider is somebody outside who follows a complaint. Every request comes from a place of
// its own: the slowing down of who sends much is not what is measured here.
type outsider struct {
	client *http.Client
	server string
	places int
}

func newOutsider(server string) (*outsider, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &outsider{server: server, client: &http.Client{Jar: jar, CheckRedirect: stay, Transport: &http.Transport{DisableCompression: true}}}, nil
}

// post sends a form, which must be carried out.
func (o *outsider) post(path string, form url.Values) error {
	form.Set(porch.KeyField, record.NewID())
	r, err := http.NewRequest(http.MethodPost, o.server+path, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	o.places++
	r.Header.Set("X-Forwarded-For", fmt.Sprintf("10.%d.%d.1", 100+o.places/250, o.places%250))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := o.client.Do(r)
	if err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		return errors.Join(err, answer.Body.Close())
	}
	if answer.StatusCode != http.StatusSeeOther {
		return errors.Join(fmt.Errorf("POST %s answers %s", path, answer.Status), answer.Body.Close())
	}
	return answer.Body.Close()
}

// followPages prints what somebody outside waits for who confirms a text, and who follows a
// complaint with number and code. least is how long a hello takes.
func followPages(ctx context.Context, h *house.House, server string, least time.Duration) error {
	o, err := newOutsider(server)
	if err != nil {
		return err
	}
	say := func(name string, do func() error) error {
		took, err := timed(do)
		if err == nil {
			fmt.Printf("  %-34s %6.2f ms   %4.1f x hello\n", name, took.Seconds()*1000, took.Seconds()/least.Seconds())
		}
		return err
	}
	weigh := func(path string) error {
		sent, files, err := firstVisit(o.client, server, path)
		if err == nil {
			fmt.Printf("  %34s first visit %.1f kB in %d files, compressed\n", "", float64(sent)/1000, files)
		}
		return err
	}
	page := func(path string) func() error {
		return func() error { _, err := fetch(o.client, server+path); return err }
	}
	d, facts, err := taken(ctx, h, complaint.Post)
	if err != nil {
		return err
	}
	enter := func() error {
		return o.post("/volgen", url.Values{"number": {d.Number}, "code": {facts.Code}})
	}
	links, err := someLinks(ctx, h)
	if err != nil {
		return err
	}
	used := 0
	return errors.Join(
		say("  of it the slow hash of a code", func() error {
			if !h.Vault.IsCode(d.Number, strings.ReplaceAll(facts.Code, " ", ""), d.Code) {
				return errors.New("the code of the letter is not that of the dossier")
			}
			return nil
		}),
		say("number and code, to the page", func() error { return errors.Join(enter(), page("/volgen")()) }),
		say("the complaint's own page", page("/volgen")), weigh("/volgen"),
		say("a message sent", func() error { return o.post("/volgen/bericht", url.Values{"said": {"De bon stuur ik nog."}}) }), wrote(ctx, h, d),
		say("the text to confirm", page(links[0])), weigh(links[0]),
		say("a yes", func() error { used++; return o.post(links[used-1], url.Values{"antwoord": {"ja"}}) }),
	)
}

// wrote says when not every message stands in the dossier.
func wrote(ctx context.Context, h *house.House, before record.Dossier) error {
	after, err := h.Store.Dossier(ctx, before.ID, complaint.Sight{All: true})
	if err == nil && after.Version < before.Version+timesMeasured {
		return fmt.Errorf("%d messages were sent, and the dossier went from version %d to %d", timesMeasured, before.Version, after.Version)
	}
	return err
}

// someLinks gives as many links to confirm a text by as are used up when a yes is timed.
func someLinks(ctx context.Context, h *house.House) (links []string, err error) {
	for range timesMeasured {
		_, facts, err := taken(ctx, h, complaint.Phone)
		if err != nil {
			return nil, err
		}
		u, err := url.Parse(facts.ConfirmURL)
		if err != nil || u.Path == "" {
			return nil, fmt.Errorf("the e-mail has no link: %q, %w", facts.ConfirmURL, err)
		}
		links = append(links, u.Path)
	}
	return links, nil
}

// taken takes a complaint in, and gives what its last letter says: by letter with a code, by
// telephone with a link in an e-mail.
func taken(ctx context.Context, h *house.House, by complaint.Channel) (d record.Dossier, facts record.Facts, err error) {
	who, err := h.Person(ctx, house.DemoStaff[helpdesk].Name)
	if err != nil {
		return d, facts, err
	}
	departments, err := h.Store.Departments(ctx)
	if err != nil {
		return d, facts, err
	}
	draft, err := h.Office.Begin()
	if err != nil {
		return d, facts, err
	}
	in := office.Intake{Draft: draft, Receipt: complaint.Receipt{Channel: by, ReceivedOn: h.Office.Today(), Title: "De cursus ging niet door",
		Description: "Wij stonden voor een dichte deur.", DesiredOutcome: "Het geld voor de taxi terug.", Subjects: []complaint.SubjectKind{complaint.AboutService},
		Level: complaint.Confidential, Department: departments[0].ID}, Identity: record.Identity{Name: "Abel Rooskens", Street: "Veerdam", House: "101",
		Postcode: "3561 KL", Town: "Noordzande", Phone: "06-00000074", Email: "abel@example.org", Way: "letter"}}
	if by == complaint.Phone {
		in.Send = &complaint.Sending{How: complaint.HowEmail}
	}
	got, err := h.Office.Receive(ctx, who, office.Form{}, in)
	if err != nil {
		return d, facts, err
	}
	if d, err = h.Store.Dossier(ctx, got.Dossier, complaint.Sight{All: true}); err != nil {
		return d, facts, err
	}
	letters, err := h.Store.Letters(ctx, d.ID)
	if err != nil {
		return d, facts, err
	}
	if len(letters) == 0 {
		return d, facts, errors.New("no letter was made")
	}
	last := letters[len(letters)-1]
	var order record.Order
	err = h.Office.Sealer.OpenJSON(d, record.LetterFacts, last.ID, last.Params, &order)
	return d, order.Facts, err
}
