// Command gehoor is a complaints register and complaints-handling system. See gehoor --help.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends at once
	if err := run(ctx, os.Args[1:], terminal{os.Stdin, os.Stdout, os.Stderr}); err != nil {
		if !errors.Is(err, errQuiet) {
			fmt.Fprintln(os.Stderr, "gehoor:", err)
		}
		os.Exit(1)
	}
}
