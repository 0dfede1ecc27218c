package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"gehoor/internal/house"
	"gehoor/internal/procedure"
)

type procedureCmd struct {
	Check checkCmd `cmd:"" help:"Check a procedure file and name every mistake in it: line, what, and what would be right."`
	Add   addCmd   `cmd:"" help:"Add a procedure file to the register. Running dossiers keep the version they have."`
	Show  showCmd  `cmd:"" help:"List the procedures in the register, or show one word for word."`
}

type checkCmd struct {
	File string `arg:"" help:"The procedure file (YAML)." type:"existingfile"`
}

// Run names every mistake of a file.
func (c checkCmd) Run(t terminal) error {
	text, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	rules, err := procedure.Read(text)
	if err != nil {
		fmt.Fprintln(t.out, err)
		return errQuiet
	}
	_, err = fmt.Fprintf(t.out, "%s is a good procedure file: %s, version %s, valid from %s.\n", c.File, rules.ID, rules.Version, rules.ValidFrom)
	return err
}

type addCmd struct {
	place
	File string `arg:"" help:"The procedure file (YAML)." type:"existingfile"`
}

// Run imports a file.
func (c addCmd) Run(ctx context.Context, t terminal) (err error) {
	text, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	h, err := house.Open(ctx, c.existing())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	if err := h.AddProcedure(ctx, text, "command line"); err != nil {
		var mistakes procedure.Mistakes
		if errors.As(err, &mistakes) {
			fmt.Fprintln(t.out, mistakes)
			return errQuiet
		}
		return inWords(h, err)
	}
	_, err = fmt.Fprintf(t.out, "Added. SHA-256 %s\n", procedure.Hash(text))
	return err
}

type showCmd struct {
	place
	ID      string `arg:"" optional:"" help:"The id of a procedure, as in lsr-14-dagen."`
	Version string `arg:"" optional:"" help:"Its version; without it the newest."`
}

// Run lists the procedures, or prints one.
func (c showCmd) Run(ctx context.Context, t terminal) (err error) {
	h, err := house.Open(ctx, c.existing())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	files, err := h.Store.Procedures(ctx)
	if err != nil {
		return err
	}
	if c.ID == "" {
		for _, f := range files {
			fmt.Fprintf(t.out, "%-20s version %-12s valid from %s  sha256 %s\n", f.ID, f.Version, f.ValidFrom, f.SHA256[:16])
		}
		return nil
	}
	for i := len(files) - 1; i >= 0; i-- {
		if f := files[i]; f.ID == c.ID && (c.Version == "" || c.Version == f.Version) {
			_, err := t.out.Write(f.Text)
			return err
		}
	}
	return fmt.Errorf("there is no procedure %s %s in the register; gehoor procedure show lists them", c.ID, c.Version)
}
