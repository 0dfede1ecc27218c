// Command withpostgres runs a command with a private PostgreSQL beside it,
// named in GEHOOR_TEST_POSTGRES, and stops the server when the command ends:
//
//	go run ./scripts/withpostgres go test ./internal/store/
//
// On a machine without PostgreSQL the command runs all the same: its tests
// say what they miss.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"gehoor/internal/pgtest"
)

func main() {
	status, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "withpostgres:", err)
		status = 1
	}
	os.Exit(status)
}

func run(args []string) (status int, err error) {
	if len(args) == 0 {
		return 0, errors.New("no command to run; for example: withpostgres go test ./internal/store/")
	}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)

	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if os.Getenv(pgtest.Variable) == "" {
		server, err := pgtest.Start(context.Background())
		if err != nil && !errors.Is(err, pgtest.ErrMissing) {
			return 0, err
		}
		if server != nil {
			defer server.Stop()
			cmd.Env = append(os.Environ(), pgtest.Variable+"="+server.URL)
		}
	}
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	go func() {
		for s := range signals {
			if s == syscall.SIGTERM { // a Ctrl-C has reached the command already
				cmd.Process.Signal(s)
			}
		}
	}()
	err = cmd.Wait()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		return max(failed.ExitCode(), 1), nil
	}
	return 0, err
}
