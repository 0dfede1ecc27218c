package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"

	"gehoor/internal/counter/frame"
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
		r, err := h.Inspector.Verify(ctx, nil)
		fmt.Fprintf(t.out, "%d dossiers, %d events, %d findings\n", r.Dossiers, r.Events, len(r.Findings))
		return err
	}
	return doors{Listen: c.Listen, UploadLimit: 25, local: true, settled: debug.FreeOSMemory}.serve(ctx, t, h, func(address string) error { return c.welcome(t, h, address) })
}

// furnish fills a new home; a home that was kept is used as it is.
func (c demoCmd) furnish(ctx context.Context, t terminal, h *house.House) error {
	done, err := h.People.IsSetUp(ctx)
	if done || err != nil {
		return err
	}
	h.ReachedAt("http://" + c.Listen) // so that letters name their pages, and have codes
	tries, err := h.FurnishDemo(ctx, func(done, all int) {
		if done%20 == 0 || done == all {
			fmt.Fprintf(t.err, "furnishing: %d of %d dossiers\n", done, all)
		}
	})
	if err != nil {
		return fmt.Errorf("%w (the folder %s is half furnished: remove it and start again)", err, h.Home)
	}
	text, err := json.Marshal(tries)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(h.Home, triesFile), text, 0o600)
}

// triesFile keeps what can be tried, for a home that is used again.
const triesFile = "demo.json"

// tries gives what can be tried at the counter; a home without the file has nothing.
func (c demoCmd) tries(h *house.House) (t house.Tries, err error) {
	text, err := os.ReadFile(filepath.Join(h.Home, triesFile))
	if errors.Is(err, fs.ErrNotExist) {
		return t, nil
	}
	if err != nil {
		return t, err
	}
	return t, json.Unmarshal(text, &t)
}

// welcome prints the address and a log-in per role.
func (c demoCmd) welcome(t terminal, h *house.House, address string) error {
	tries, err := c.tries(h)
	if err != nil {
		return err
	}
	fmt.Fprintf(t.out, "\nThe invented organisation is open at %s\n\nLog in with one of these, password: %s\n\n", address, house.DemoPassword)
	for _, s := range house.DemoStaff {
		fmt.Fprintf(t.out, "  %-28s %-28s %s\n", s.Email, s.Name, s.Function)
	}
	if len(tries.Codes) > 0 {
		fmt.Fprintf(t.out, "\nFollow a complaint at %s%s with one of these:\n\n", address, frame.FollowPath)
	}
	for _, x := range tries.Codes {
		fmt.Fprintf(t.out, "  number %-10s code %-10s (%s)\n", x.Number, x.Code, x.State)
	}
	if tries.Token != "" {
		fmt.Fprintf(t.out, "\nConfirm a text by its link: %s%s%s\n", address, frame.ConfirmTo, tries.Token)
	}
	_, err = fmt.Fprintf(t.out, "\nStop with Ctrl-C.\n")
	return err
}
