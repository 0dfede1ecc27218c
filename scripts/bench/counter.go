package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/netip"
	"net/url"
	"regexp"
	"sync"
	"sync/atomic"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/porch"
	"gehoor/internal/record"
)

const (
	senders = 16  // at the same time
	forms   = 480 // below what makes everybody together a crowd
)

// counter measures the pages for everybody and complaints by the form, over HTTP, against
// a handler that says hello in the same process.
func counter(ctx context.Context, home string) (err error) {
	clock := &house.Clock{}
	clock.Set(time.Now())
	h, err := house.Open(ctx, house.Config{Home: home, Clock: clock})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	if err := h.FurnishPeople(ctx); err != nil {
		return err
	}
	// Every sender comes from a place of its own: the slowing down of a crowd is not what is
	// measured here.
	door, err := h.Doors([]netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, false).Handler()
	if err != nil {
		return err
	}
	server, stop, err := listen(door)
	if err != nil {
		return err
	}
	defer stop()
	hello, stopHello, err := listen(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hello") }))
	if err != nil {
		return err
	}
	defer stopHello()
	h.ReachedAt(server)
	fmt.Printf("\nThe counter\n")
	least, err := counterPages(server, hello)
	if err != nil {
		return err
	}
	if err := followPages(ctx, h, server, least); err != nil {
		return err
	}
	syncs, err := fdatasyncs(home)
	if err != nil {
		return err
	}
	return sendForms(ctx, h, server, syncs)
}

func listen(h http.Handler) (address string, stop func(), err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	s := porch.Server("", h, slog.New(slog.DiscardHandler))
	go func() { _ = s.Serve(l) }() // it ends when it is closed
	return "http://" + l.Addr().String(), func() { _ = s.Close() }, nil
}

// counterPages prints how long each page takes one visitor, and what comes over the line. It
// gives how long a hello takes.
func counterPages(server, hello string) (least time.Duration, err error) {
	client := &http.Client{Transport: &http.Transport{DisableCompression: true}}
	if least, err = timed(func() error { _, err := fetch(client, hello); return err }); err != nil {
		return 0, err
	}
	fmt.Printf("  a handler that says hello          %6.2f ms\n", least.Seconds()*1000)
	for _, page := range []struct{ name, path string }{{"first page", "/"}, {"leaflet", "/folder"}, {"form, step 1", "/klacht"}} {
		took, err := timed(func() error { _, err := fetch(client, server+page.path); return err })
		if err != nil {
			return 0, err
		}
		sent, files, err := firstVisit(client, server, page.path)
		if err != nil {
			return 0, err
		}
		fmt.Printf("  %-34s %6.2f ms   %4.1f x hello; first visit %.1f kB in %d files, compressed\n", page.name, took.Seconds()*1000,
			took.Seconds()/least.Seconds(), float64(sent)/1000, files)
	}
	f, err := newSender(server, 0)
	if err != nil {
		return 0, err
	}
	for i, answers := range stepsOfForm {
		before := f.hidden
		took, err := timed(func() error { f.hidden = before; return f.step("verder", answers) })
		if err != nil {
			return 0, err
		}
		fmt.Printf("  %-34s %6.2f ms   %4.1f x hello\n", fmt.Sprintf("form, step %d answered", i+1), took.Seconds()*1000, took.Seconds()/least.Seconds())
	}
	return least, nil
}

// timesMeasured is how often a page is asked for.
const timesMeasured = 60

// timed gives the median of so many times.
func timed(do func() error) (time.Duration, error) {
	var all []time.Duration
	for range timesMeasured {
		began := time.Now()
		if err := do(); err != nil {
			return 0, err
		}
		all = append(all, time.Since(began))
	}
	return median(all), nil
}

var stepsOfForm = []url.Values{
	{"description": {"De cursus ging niet door. Niemand had ons gebeld."}, "when": {"zaterdag"}},
	{"wish": {"explain"}, "desired_outcome": {"Het geld voor de taxi terug."}},
	{"subject": {"service"}, "category": {"course"}},
	{"give_name": {"yes"}, "for_whom": {"self"}, "name": {"Abel Rooskens"}, "way": {"letter"}, "street": {"Veerdam"}, "house": {"101"}, "postcode": {"3561kl"},
		"town": {"Noordzande"}, "phone": {"06-00000074"}, "member": {"yes"}},
}

// sender is somebody who fills the form in.
type sender struct {
	client *http.Client
	server string
	from   string
	hidden url.Values
}

var hiddenField = regexp.MustCompile(`<input type="hidden" name="(formulier|stap)" value="([^"]*)"`)

func newSender(server string, n int) (*sender, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	s := &sender{server: server, from: fmt.Sprintf("10.%d.%d.1", n/250, n%250), client: &http.Client{Jar: jar, Transport: http.DefaultTransport}}
	_, err = s.ask(http.MethodGet, "/klacht", nil)
	return s, err
}

func (s *sender) step(do string, answers url.Values) error {
	form := url.Values{"doe": {do}}
	for _, values := range []url.Values{s.hidden, answers} {
		for name, list := range values {
			form[name] = list
		}
	}
	_, err := s.ask(http.MethodPost, "/klacht", form)
	return err
}

var numberOnPage = regexp.MustCompile(`\d{4}-\d{3,}`)

// ask asks for a page, and takes along what its form carries.
func (s *sender) ask(method, path string, form url.Values) ([]byte, error) {
	r, err := http.NewRequest(method, s.server+path, bytes.NewReader([]byte(form.Encode())))
	if err != nil {
		return nil, err
	}
	r.Header.Set("X-Forwarded-For", s.from)
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	answer, err := s.client.Do(r)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(answer.Body)
	if err := errors.Join(err, answer.Body.Close()); err != nil {
		return nil, err
	}
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s %s answers %s", method, path, answer.Status)
	}
	s.hidden = url.Values{}
	for _, found := range hiddenField.FindAllSubmatch(text, -1) {
		s.hidden.Set(string(found[1]), string(found[2]))
	}
	return text, nil
}

// sendForms fills forms in and sends them, sixteen at a time, and looks whether each one
// stands in the register.
func sendForms(ctx context.Context, h *house.House, server string, syncs float64) error {
	filled := make([]*sender, forms)
	began := time.Now()
	if err := each(func(i int) (err error) {
		if filled[i], err = newSender(server, i); err != nil {
			return err
		}
		for _, answers := range stepsOfForm {
			if err := filled[i].step("verder", answers); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		return err
	}
	filling := time.Since(began)
	h.Clock.Set(h.Clock.Now().Add(time.Minute)) // nobody types that fast
	numbers := make([]string, forms)
	began = time.Now()
	if err := each(func(i int) error {
		text, err := filled[i].ask(http.MethodPost, "/klacht", url.Values{"doe": {"verstuur"}, "formulier": filled[i].hidden["formulier"], "stap": {"5"}})
		numbers[i] = string(numberOnPage.Find(text))
		return err
	}); err != nil {
		return err
	}
	sending := time.Since(began)
	lost := 0
	for _, number := range numbers {
		list, _, err := h.Store.List(ctx, complaint.Sight{All: true}, record.Filter{Number: number, Exact: true, Limit: 1})
		if err != nil {
			return err
		}
		if number == "" || len(list) != 1 {
			lost++
		}
	}
	rate := forms / sending.Seconds()
	fmt.Printf("  %d forms by %d clients: sent %.0f /s, %.2f x the %.0f fdatasync/s of this disk; with all five steps %.0f /s; lost: %d\n",
		forms, senders, rate, rate/syncs, syncs, forms/(filling+sending).Seconds(), lost)
	return nil
}

// each does something for every form, by so many clients at a time.
func each(do func(i int) error) error {
	var next atomic.Int64
	faults := make([]error, senders)
	var all sync.WaitGroup
	for c := range senders {
		all.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= forms || faults[c] != nil {
					return
				}
				faults[c] = do(i)
			}
		})
	}
	all.Wait()
	return errors.Join(faults...)
}
