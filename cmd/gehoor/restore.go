package main

import (
	"context"
	"fmt"

	"gehoor/internal/house"
)

type restoreCmd struct {
	place
	Dir             string `arg:"" help:"The folder that gehoor backup made." type:"existingdir"`
	DespiteFindings bool   `help:"Put a backup back of which backup.txt says that the register did not verify when it was made."`
	Quiet           bool   `help:"No progress, only the result." short:"q"`
}

// Run puts a backup back.
func (c restoreCmd) Run(ctx context.Context, t terminal) error {
	n, r, err := house.Restore(ctx, c.config(nil), c.Dir, c.DespiteFindings, teller(t, c.Quiet))
	if err != nil {
		return err
	}
	fmt.Fprintf(t.out, "The register of %s is back.\n", n.Made.Format("2006-01-02 15:04 MST"))
	if findings(t, r) && !c.DespiteFindings {
		return errQuiet
	}
	return nil
}
