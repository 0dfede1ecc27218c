// Command bench measures gehoor against something measured in the same run, and
// prints ratios: absolute figures differ from machine to machine.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"gehoor/internal/house"
)

// span is how long each figure is measured.
const span = 4 * time.Second

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) (err error) {
	dir, err := os.MkdirTemp(".", "bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	fmt.Printf("Machine: %s\nSettings: SQLite, WAL, synchronous=FULL; each figure over %v; one process.\n\n", machine(), span)
	h, err := house.Open(ctx, house.Config{Home: filepath.Join(dir, "home")})
	if err != nil {
		return err
	}
	if err := h.Furnish(ctx, nil); err != nil {
		return err
	}
	if err := pages(ctx, h); err != nil { // before the many registrations: on a furnished house
		return err
	}
	if err := registrations(ctx, h, dir); err != nil {
		return err
	}
	if err := h.Close(); err != nil {
		return err
	}
	return program(ctx, dir, h.Home)
}

// machine names the class of machine.
func machine() string {
	model := runtime.GOARCH
	if text, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(text)) {
			if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
				model = strings.TrimSpace(value)
				break
			}
		}
	}
	return fmt.Sprintf("%d cores, %s, %s, %s", runtime.NumCPU(), model, runtime.GOOS, runtime.Version())
}
