package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"gehoor/internal/house"
	"gehoor/internal/porch"
	"gehoor/internal/record"
)

// readers is how many visitors ask for pages at the same time.
const readers = 16

// pages measures pages over HTTP against a handler that says hello, both with the
// same client in the same process.
func pages(ctx context.Context, h *house.House) error {
	who, err := h.Person(ctx, house.DemoStaff[0].Name)
	if err != nil {
		return err
	}
	lines, _, err := h.Office.List(ctx, who, record.Filter{Group: record.GroupOpen, Limit: 1})
	if err != nil || len(lines) == 0 {
		return errors.Join(errors.New("no open dossier"), err)
	}
	desk, err := h.Desk(nil, false)
	if err != nil {
		return err
	}
	hello, _, err := ask(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "hello, world") }), "/", false)
	if err != nil {
		return err
	}
	fmt.Printf("%-46s %10.0f /s   (%d clients)\n", "hello, world over HTTP", hello, readers)
	for _, p := range []struct{ name, path string }{{"Mijn werk", "/werk"}, {"a dossier", "/klachten/" + lines[0].ID}} {
		rate, size, err := ask(desk, p.path, true)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		fmt.Printf("%-46s %10.0f /s   1/%.0f of hello, %.1f ms each, %d kB\n", p.name, rate, hello/rate, readers*1000/rate, size/1000)
	}
	return nil
}

// ask fetches a page as often as it can, logged in when asked to; size is that of one
// answer, uncompressed.
func ask(h http.Handler, path string, loggedIn bool) (rate float64, size int64, err error) {
	server := httptest.NewServer(h)
	defer server.Close()
	client := server.Client()
	client.Transport.(*http.Transport).MaxIdleConnsPerHost = readers
	if client.Jar, err = cookiejar.New(nil); err != nil {
		return 0, 0, err
	}
	if loggedIn {
		answer, err := client.PostForm(server.URL+porch.LogInPath, url.Values{"email": {house.DemoStaff[0].Email}, "password": {house.DemoPassword}})
		if err != nil {
			return 0, 0, err
		}
		answer.Body.Close()
	}
	var done, bytes atomic.Int64
	var fault atomic.Value
	var all sync.WaitGroup
	began := time.Now()
	for range readers {
		all.Go(func() {
			for time.Since(began) < span {
				n, err := fetch(client, server.URL+path)
				if err != nil {
					fault.Store(err)
					return
				}
				bytes.Store(n)
				done.Add(1)
			}
		})
	}
	all.Wait()
	if err, ok := fault.Load().(error); ok {
		return 0, 0, err
	}
	return float64(done.Load()) / time.Since(began).Seconds(), bytes.Load(), nil
}

func fetch(client *http.Client, address string) (int64, error) {
	answer, err := client.Get(address)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	n, err := io.Copy(io.Discard, answer.Body)
	if answer.StatusCode != http.StatusOK || answer.Request.URL.String() != address {
		return n, fmt.Errorf("%s answers %s at %s", address, answer.Status, answer.Request.URL.Path)
	}
	return n, err
}
