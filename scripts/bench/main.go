// Command bench measures gehoor against something measured in the same run, and
// prints ratios: absolute figures differ from machine to machine.
//
// BENCH_SIZE is the number of closed dossiers it grows the register to, 100000 when not
// given; a million takes some minutes more and 5 GB of disk. BENCH_PROFILE is a file for
// the processor profile of the registrations with the most clients. BENCH_PART=counter
// measures the counter only, BENCH_PART=mail the mail room, with BENCH_MAILS mails in the
// mailbox; 10000 when not given.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// span is how long each rate is measured.
const span = 4 * time.Second

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) (err error) {
	size := 100_000
	if given := os.Getenv("BENCH_SIZE"); given != "" {
		if size, err = strconv.Atoi(given); err != nil || size < 1000 {
			return fmt.Errorf("BENCH_SIZE must be a number of dossiers, at least 1000: %q", given)
		}
	}
	dir, err := os.MkdirTemp(".", "bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	fmt.Printf("Machine: %s\nSettings: SQLite, WAL, synchronous=FULL. Rates over %v, times are medians.\n", machine(), span)
	part, binary := os.Getenv("BENCH_PART"), filepath.Join(dir, "gehoor")
	if part != "mail" {
		if err := counter(ctx, filepath.Join(dir, "counter")); err != nil || part == "counter" {
			return err
		}
		if err := registrations(ctx, filepath.Join(dir, "intake")); err != nil {
			return err
		}
	}
	if err := build(ctx, binary); err != nil {
		return err
	}
	if err := mailRoom(ctx, dir, binary); err != nil || part == "mail" {
		return err
	}
	return grown(ctx, filepath.Join(dir, "home"), binary, size)
}

// machine names the class of machine, and how busy it is.
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
	return fmt.Sprintf("%d cores, %s, %s, %s, load %s at the start", runtime.NumCPU(), model, runtime.GOOS, runtime.Version(), load())
}
