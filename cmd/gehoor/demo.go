package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"

	"gehoor/internal/house"
)

type demoCmd struct {
	Home   string `help:"Keep the invented organisation in this folder; without it a temporary folder is used and removed." type:"path" env:"GEHOOR_DEMO_HOME"`
	Listen string `help:"Address and port to listen on." default:"127.0.0.1:8080" env:"GEHOOR_LISTEN"`
	Check  bool   `help:"Furnish, verify, and stop: to see that it works." hidden:""`
}

// Run furnishes an invented organisation and serves it.
func (c demoCmd) Run(ctx context.Context, t terminal) (err error) {
	home := c.Home
	if home == "" {
		if home, err = os.MkdirTemp("", "gehoor-demo-"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(home)) }()
	}
	log := slog.New(slog.NewTextHandler(t.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	h, err := house.Open(ctx, house.Config{Home: home, Log: log})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	if err := c.furnish(ctx, t, h); err != nil {
		return err
	}
	if c.Check {
		r, err := h.Office.Verify(ctx, nil)
		fmt.Fprintf(t.out, "%d dossiers, %d events, %d findings\n", r.Dossiers, r.Events, len(r.Findings))
		return err
	}
	return doors{Listen: c.Listen, UploadLimit: 25, local: true}.serve(ctx, t, h, func(address string) error { return c.welcome(t, address) })
}

// furnish fills a new home; a home that was kept is used as it is.
func (c demoCmd) furnish(ctx context.Context, t terminal, h *house.House) error {
	done, err := h.People.IsSetUp(ctx)
	if done || err != nil {
		return err
	}
	err = h.Furnish(ctx, func(done, all int) {
		if done%20 == 0 || done == all {
			fmt.Fprintf(t.err, "furnishing: %d of %d dossiers\n", done, all)
		}
	})
	if err != nil {
		return fmt.Errorf("%w (the folder %s is half furnished: remove it and start again)", err, h.Home)
	}
	return nil
}

// welcome prints the address and a log-in per role.
func (c demoCmd) welcome(t terminal, address string) error {
	fmt.Fprintf(t.out, "\nThe invented organisation is open at %s\n\nLog in with one of these, password: %s\n\n", address, house.DemoPassword)
	for _, s := range house.DemoStaff {
		fmt.Fprintf(t.out, "  %-28s %-28s %s\n", s.Email, s.Name, s.Function)
	}
	_, err := fmt.Fprintf(t.out, "\nStop with Ctrl-C.\n")
	return err
}
