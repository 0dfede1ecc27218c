package main

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"net/url"
	"slices"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/house"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// knownPhone is the number of somebody who has one open dossier.
const knownPhone = "06-12345678"

// openOnes is how many dossiers are open beside the closed ones.
const openOnes = 500

func formFor(dossier string) office.Form { return office.Form{Dossier: dossier, Key: record.NewID()} }

// figures are the medians of one thing, one for each size.
type figures struct {
	name  string
	times []time.Duration
}

// grown measures the same things with ever more closed dossiers in the register.
func grown(ctx context.Context, home, binary string, size int) (err error) {
	h, err := house.Open(ctx, house.Config{Home: home})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	if err := h.Furnish(ctx, nil); err != nil {
		return err
	}
	g, err := newGrower(ctx, h)
	if err != nil {
		return err
	}
	if err := openDossiers(ctx, h, openOnes); err != nil {
		return err
	}
	fmt.Printf("\nA register with %d open dossiers and ever more closed ones, spread over %d years\n", openOnes, years)
	var table []figures
	var sizes []int
	for _, n := range []int{1000, 10_000, 100_000, 1_000_000} {
		if n > size {
			n = size
		}
		if len(sizes) > 0 && n == sizes[len(sizes)-1] {
			break
		}
		before := 0
		if len(sizes) > 0 {
			before = sizes[len(sizes)-1]
		}
		if err := g.grow(ctx, n-before); err != nil {
			return err
		}
		sizes = append(sizes, n)
		if table, err = look(ctx, h, table); err != nil {
			return err
		}
		if n == 10_000 || n == size {
			if err := program(ctx, binary, home, n); err != nil {
				return err
			}
		}
	}
	show(sizes, table)
	return nil
}

func show(sizes []int, table []figures) {
	fmt.Printf("\n%-44s", "median, one visitor; closed dossiers:")
	for _, n := range sizes {
		fmt.Printf("%10d", n)
	}
	fmt.Println("     ratio")
	for _, f := range table {
		fmt.Printf("%-44s", f.name)
		for _, t := range f.times {
			fmt.Printf("%7.1f ms", float64(t.Microseconds())/1000)
		}
		fmt.Printf("%8.2f x\n", float64(f.times[len(f.times)-1])/float64(f.times[0]))
	}
}

// look measures every page once more.
func look(ctx context.Context, h *house.House, table []figures) ([]figures, error) {
	desk, err := h.Doors(nil, false).Handler()
	if err != nil {
		return nil, err
	}
	server := httptest.NewServer(desk)
	defer server.Close()
	if table == nil {
		for _, p := range pages {
			table = append(table, figures{name: p.name})
		}
		table = append(table, figures{name: "search for a caller by telephone number"})
	}
	deep, err := thousandth(ctx, h)
	if err != nil {
		return nil, err
	}
	dossier, err := caller(ctx, h)
	if err != nil {
		return nil, err
	}
	for i, p := range pages {
		client, err := logIn(server.URL, p.who)
		if err != nil {
			return nil, err
		}
		path := p.path
		switch path {
		case deepPage:
			path = deep
		case oneDossier:
			path = frame.DossierPath(dossier)
		}
		t, err := often(func() error { _, err := fetch(client, server.URL+path); return err })
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.name, err)
		}
		table[i].times = append(table[i].times, t)
	}
	t, err := often(func() error { _, err := caller(ctx, h); return err })
	last := &table[len(table)-1]
	last.times = append(last.times, t)
	return table, err
}

// Pages whose address is known later.
const (
	deepPage   = "the 1000th page"
	oneDossier = "a dossier"
)

// Who looks, as places in house.DemoStaff.
const (
	helpdesk = 0
	manager  = 2
	director = 5
	quality  = 6
)

var pages = []struct {
	name string
	who  int
	path string
}{
	{"Mijn werk, helpdesk", helpdesk, "/werk"},
	{"Mijn werk, manager", manager, "/werk"},
	{"Mijn werk, director", director, "/werk"},
	{"a dossier", helpdesk, oneDossier},
	{"register, this year", helpdesk, "/register"},
	{"register, all years, first page", helpdesk, "/register?jaar=alle"},
	{"register, all years, 1000th page or the last", helpdesk, deepPage},
	{"register, closed ones", helpdesk, "/register?jaar=alle&stand=afgehandeld"},
	{"register, past their retention term", helpdesk, "/register?stand=bewaartermijn"},
	{"register, incomplete ones", helpdesk, "/register?compleet=mist"},
	{"register, manager, all years", manager, "/register?jaar=alle"},
	{"register, quality officer, all years", quality, "/register?jaar=alle"},
	{"register, director, all years", director, "/register?jaar=alle"},
	{"Postkamer", helpdesk, "/postkamer"},
	{"register, by the beginning of a number", helpdesk, "/register?nummer=2019-0001"},
}

// often gives the median time of something.
func often(do func() error) (time.Duration, error) {
	const most, longest = 60, 5 * time.Second
	var times []time.Duration
	for began := time.Now(); len(times) < most && (len(times) < 3 || time.Since(began) < longest); {
		start := time.Now()
		if err := do(); err != nil {
			return 0, err
		}
		times = append(times, time.Since(start))
	}
	return median(times), nil
}

func median(d []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(d))
	return sorted[len(sorted)/2]
}

// thousandth gives the address of the 1000th page of the register, or of the last one
// of a register that has fewer.
func thousandth(ctx context.Context, h *house.House) (string, error) {
	const perPage = 50
	sight := complaint.Sight{All: true, Hidden: []byte{}}
	f, after := record.Filter{Limit: 10 * perPage}, ""
	for range 1000 / 10 {
		list, next, err := h.Store.List(ctx, sight, f)
		if err != nil {
			return "", err
		}
		if next == "" || len(list) < f.Limit {
			break
		}
		f.After, after = next, next
	}
	return "/register?" + url.Values{"jaar": {"alle"}, "na": {after}}.Encode(), nil
}

// caller finds the dossier of the one person whose number is known.
func caller(ctx context.Context, h *house.House) (string, error) {
	who, err := h.Person(ctx, house.DemoStaff[helpdesk].Name)
	if err != nil {
		return "", err
	}
	hits, err := h.Office.FindCaller(ctx, who, office.Search{Phone: knownPhone})
	if err != nil || len(hits) != 1 {
		return "", errors.Join(fmt.Errorf("%d dossiers of %s", len(hits), knownPhone), err)
	}
	return hits[0].ID, nil
}
