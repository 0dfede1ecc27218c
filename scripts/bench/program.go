package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// program measures the built program: its size, how soon it answers with the
// furnished register, and the memory it holds when nobody asks anything.
func program(ctx context.Context, dir, home string) error {
	binary := filepath.Join(dir, "gehoor")
	if out, err := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags=-s -w", "-o", binary, "./cmd/gehoor").CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	info, err := os.Stat(binary)
	if err != nil {
		return err
	}
	fmt.Printf("\n%-46s %10.1f MiB\n", "size of the program (-trimpath, -s -w)", float64(info.Size())/(1<<20))
	address, err := freeAddress()
	if err != nil {
		return err
	}
	var starts []time.Duration
	for range 5 {
		start, memory, err := startOnce(ctx, binary, home, address)
		if err != nil {
			return err
		}
		starts = append(starts, start)
		if len(starts) == 5 {
			fmt.Printf("%-46s %10.0f ms  (median of 5)\n", "cold start, until it answers", float64(median(starts).Microseconds())/1000)
			fmt.Printf("%-46s %10s\n", "resident memory when idle", memory)
		}
	}
	return nil
}

func median(d []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(d))
	return sorted[len(sorted)/2]
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// startOnce starts the program, waits until its port answers, and looks at its memory
// two seconds later.
func startOnce(ctx context.Context, binary, home, address string) (start time.Duration, memory string, err error) {
	cmd := exec.CommandContext(ctx, binary, "serve", "--home", home, "--listen", address)
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return 0, "", err
	}
	defer func() {
		err = errors.Join(err, cmd.Process.Signal(os.Interrupt))
		if waited := cmd.Wait(); err == nil {
			err = waited
		}
	}()
	for {
		conn, err := net.Dial("tcp", address)
		if err == nil {
			start = time.Since(began)
			conn.Close()
			break
		}
		if time.Since(began) > 10*time.Second {
			return 0, "", fmt.Errorf("the program does not answer: %w", err)
		}
		time.Sleep(time.Millisecond)
	}
	time.Sleep(2 * time.Second)
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", cmd.Process.Pid))
	for line := range strings.Lines(string(status)) {
		if value, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			memory = strings.TrimSpace(value)
		}
	}
	return start, memory, err
}
