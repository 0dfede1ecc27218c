package main

import (
	"context"
	"fmt"

	"gehoor/internal/house"
	"gehoor/internal/inspection"
)

type backupCmd struct {
	place
	Dir   string `arg:"" help:"The new folder to make, as in /backup/2026-11-22. It must not be there yet; the folder around it must." type:"path"`
	Quiet bool   `help:"No progress, only the result." short:"q"`
}

// Run makes a backup. Status 1 with a backup made means that the register itself does
// not verify.
func (c backupCmd) Run(ctx context.Context, t terminal) error {
	n, r, err := house.Backup(ctx, c.config(nil), c.Dir, version(), teller(t, c.Quiet))
	if err != nil {
		return err
	}
	fmt.Fprintf(t.out, "The backup stands in %s. It needs the key file with fingerprint %s, which is not in it.\n", c.Dir, n.Key)
	if n.Check == house.Listed {
		fmt.Fprintln(t.out, "It was NOT read back: the database role may not make the temporary database for that. The archive was read through and has every table; what stands in them was not verified. To have it verified: ALTER ROLE … CREATEDB, or restore it somewhere.")
		return nil
	}
	if findings(t, r) {
		fmt.Fprintln(t.out, "The backup holds the register as it is: something in the register itself does not fit. Keep the older backups.")
		return errQuiet
	}
	return nil
}

// findings prints a report and reports whether something does not fit.
func findings(t terminal, r inspection.Report) bool {
	for _, f := range r.Findings {
		fmt.Fprintln(t.out, f)
	}
	if len(r.Findings) > 0 {
		fmt.Fprintf(t.out, "%d dossiers and %d events checked: %d findings.\n", r.Dossiers, r.Events, len(r.Findings))
		return true
	}
	fmt.Fprintf(t.out, "%d dossiers and %d events checked: all is as it was written.\n", r.Dossiers, r.Events)
	return false
}

// teller shows progress on standard error.
func teller(t terminal, quiet bool) house.Tell {
	return func(format string, args ...any) {
		if !quiet {
			fmt.Fprintf(t.err, format+"\n", args...)
		}
	}
}
