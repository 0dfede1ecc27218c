package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"os"
	"path/filepath"
	"runtime/pprof"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// registrations measures durable registrations through the tasks, each time against
// fdatasync on the same disk just before.
func registrations(ctx context.Context, home string) (err error) {
	h, err := house.Open(ctx, house.Config{Home: home})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	if err := h.FurnishPeople(ctx); err != nil {
		return err
	}
	fmt.Printf("\nDurable registrations: a letter, sealed, chained, with its acknowledgement\n")
	for _, clients := range []int{1, 8, 64} {
		syncs, err := fdatasyncs(home)
		if err != nil {
			return err
		}
		stop, err := profile(clients == 64)
		if err != nil {
			return err
		}
		writes, commits := h.Store.Commits()
		rate, err := register(ctx, h, clients)
		if err := errors.Join(err, stop()); err != nil {
			return err
		}
		w, c := h.Store.Commits()
		fmt.Printf("%4d client(s) %10.0f /s   %5.2f x the %.0f fdatasync/s of this disk, %.1f to a commit\n",
			clients, rate, rate/syncs, syncs, float64(w-writes)/float64(c-commits))
	}
	return nil
}

// profile writes the processor profile to where BENCH_PROFILE says, until stop.
func profile(wanted bool) (stop func() error, err error) {
	path := os.Getenv("BENCH_PROFILE")
	if !wanted || path == "" {
		return func() error { return nil }, nil
	}
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return func() error { pprof.StopCPUProfile(); return f.Close() }, nil
}

func fdatasyncs(dir string) (float64, error) {
	f, err := os.Create(filepath.Join(dir, "sync"))
	if err != nil {
		return 0, err
	}
	defer f.Close()
	page, n, began := make([]byte, 4096), 0, time.Now()
	for time.Since(began) < span {
		if _, err := f.Write(page); err != nil {
			return 0, err
		}
		if err := syscall.Fdatasync(int(f.Fd())); err != nil {
			return 0, err
		}
		n++
	}
	return float64(n) / time.Since(began).Seconds(), nil
}

// register lets clients take in letters as fast as they can; each one is durable and
// comes with its acknowledgement.
func register(ctx context.Context, h *house.House, clients int) (float64, error) {
	who, err := h.Person(ctx, house.DemoStaff[0].Name)
	if err != nil {
		return 0, err
	}
	var done atomic.Int64
	var fault atomic.Value
	var all sync.WaitGroup
	began := time.Now()
	for range clients {
		all.Go(func() {
			for time.Since(began) < span {
				if _, err := takeIn(ctx, h, who, h.Office.Today(), phone()); err != nil {
					fault.Store(err)
					return
				}
				done.Add(1)
			}
		})
	}
	all.Wait()
	if err, ok := fault.Load().(error); ok {
		return 0, err
	}
	return float64(done.Load()) / time.Since(began).Seconds(), nil
}

func phone() string { return "06-" + strconv.Itoa(10_000_000+mathrand.IntN(89_999_999)) }

func takeIn(ctx context.Context, h *house.House, who complaint.Person, on calendar.Date, phone string) (office.Received, error) {
	draft, err := h.Office.Begin()
	if err != nil {
		return office.Received{}, err
	}
	return h.Office.Receive(ctx, who, office.Form{Key: record.NewID()}, office.Intake{Draft: draft, Receipt: complaint.Receipt{
		Channel: complaint.Post, ReceivedOn: on, Title: "Cursus ging niet door", Description: "De cursus ging niet door.",
		DesiredOutcome: "Geld terug.", Subjects: []complaint.SubjectKind{complaint.AboutService}, Level: complaint.Confidential, Member: complaint.MemberYes},
		Identity: record.Identity{Name: "Abel " + rand.Text()[:10], Street: "Veerdam", House: "101", Postcode: "3561 KL", Town: "Noordzande", Phone: phone}})
}
