package main

import (
	"context"
	"crypto/rand"
	"fmt"
	mathrand "math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// registrations measures durable registrations through the tasks against fdatasync on
// the same disk.
func registrations(ctx context.Context, h *house.House, dir string) error {
	syncs, err := fdatasyncs(dir)
	if err != nil {
		return err
	}
	fmt.Printf("\n%-46s %10.0f /s\n", "fdatasync of 4 KiB on this disk", syncs)
	for _, clients := range []int{1, 16} {
		rate, err := register(ctx, h, clients)
		if err != nil {
			return err
		}
		fmt.Printf("%-46s %10.0f /s   %.2f x fdatasync\n", fmt.Sprintf("durable registrations, %d client(s)", clients), rate, rate/syncs)
	}
	return nil
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
	who, err := h.Person(ctx, "Jorien Tasselaar")
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
				if err := takeIn(ctx, h, who); err != nil {
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

func takeIn(ctx context.Context, h *house.House, who complaint.Person) error {
	draft, err := h.Office.Begin()
	if err != nil {
		return err
	}
	_, err = h.Office.Receive(ctx, who, office.Form{Key: record.NewID()}, office.Intake{Draft: draft, Receipt: complaint.Receipt{
		Channel: complaint.Post, ReceivedOn: h.Office.Today(), Title: "Cursus ging niet door", Description: "De cursus ging niet door.",
		DesiredOutcome: "Geld terug.", Subjects: []complaint.SubjectKind{complaint.AboutService}, Level: complaint.Confidential, Member: complaint.MemberYes},
		Identity: record.Identity{Name: "Abel " + rand.Text()[:10], Street: "Veerdam", House: "101", Postcode: "3561 KL", Town: "Noordzande",
			Phone: "06-" + strconv.Itoa(10_000_000+mathrand.IntN(89_999_999))}})
	return err
}
