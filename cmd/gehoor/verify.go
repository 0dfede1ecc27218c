package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gehoor/internal/house"
)

type verifyCmd struct {
	place
	Quiet bool `help:"No progress, only findings and the result." short:"q"`
}

// Run checks the whole register.
func (c verifyCmd) Run(ctx context.Context, t terminal) (err error) {
	h, err := house.Open(ctx, c.existing())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	last := time.Now()
	r, err := h.Inspector.Verify(ctx, func(done, all int) {
		if !c.Quiet && time.Since(last) > time.Second {
			last = time.Now()
			fmt.Fprintf(t.err, "%d of %d dossiers checked\n", done, all)
		}
	})
	if err != nil {
		return err
	}
	for _, f := range r.Findings {
		fmt.Fprintln(t.out, f)
	}
	if len(r.Findings) > 0 {
		fmt.Fprintf(t.out, "%d dossiers and %d events checked: %d findings.\n", r.Dossiers, r.Events, len(r.Findings))
		return errQuiet
	}
	_, err = fmt.Fprintf(t.out, "%d dossiers and %d events checked: all is as it was written.\n", r.Dossiers, r.Events)
	return err
}
