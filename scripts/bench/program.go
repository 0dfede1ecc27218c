package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"time"
)

func build(ctx context.Context, binary string) error {
	if out, err := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags=-s -w", "-o", binary, "./cmd/gehoor").CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	info, err := os.Stat(binary)
	if err == nil {
		fmt.Printf("\nSize of the program (-trimpath, -s -w): %.1f MiB\n", float64(info.Size())/(1<<20))
	}
	return err
}

// program measures the built program on a register: how soon it answers, the memory it
// holds when nobody asks anything, a first visit, and what an export takes.
func program(ctx context.Context, binary, home string, closed int) error {
	address, err := freeAddress()
	if err != nil {
		return err
	}
	var starts []time.Duration
	const times = 5
	for i := range times {
		p, err := start(ctx, binary, home, address)
		if err != nil {
			return err
		}
		starts = append(starts, p.started)
		if i == times-1 {
			fmt.Printf("\nThe program, with %d closed dossiers\n  cold start, until it answers       %6.0f ms   (median of %d)\n",
				closed, float64(median(starts).Microseconds())/1000, times)
			err = p.visit()
		}
		if err := errors.Join(err, p.stop()); err != nil {
			return err
		}
	}
	return nil
}

// visit looks at the memory of a program that is at rest, then uses it.
func (p *process) visit() error {
	time.Sleep(2 * time.Second)
	idle, err := p.memory("VmRSS")
	if err != nil {
		return err
	}
	client, err := logIn(p.address, helpdesk)
	if err != nil {
		return err
	}
	bytes, files, err := firstVisit(client, p.address, "/werk")
	if err != nil {
		return err
	}
	before, err := p.memory("VmHWM")
	if err != nil {
		return err
	}
	began := time.Now()
	rows, err := export(client, p.address)
	if err != nil {
		return err
	}
	took := time.Since(began)
	peak, err := p.memory("VmHWM")
	if err != nil {
		return err
	}
	fmt.Printf("  resident memory when idle          %6.1f MiB\n", idle)
	fmt.Printf("  first visit to Mijn werk           %6.1f kB   in %d files, compressed\n", float64(bytes)/1000, files)
	fmt.Printf("  export as CSV                      %6d rows in %.1f s; most memory %.1f MiB, before it %.1f MiB\n", rows, took.Seconds(), peak, before)
	return nil
}

// export takes the closed dossiers along as CSV, and counts its lines.
func export(client *http.Client, server string) (rows int, err error) {
	answer, err := client.PostForm(server+"/register/export", url.Values{"jaar": {"alle"}, "stand": {"afgehandeld"}, "vorm": {"csv"}})
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, answer.Body.Close()) }()
	if answer.StatusCode != http.StatusOK || !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/csv") {
		return 0, fmt.Errorf("the export answers %s, %s", answer.Status, answer.Header.Get("Content-Type"))
	}
	lines := bufio.NewScanner(answer.Body)
	for lines.Scan() {
		rows++
	}
	return rows - 1, lines.Err() // one is the header
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// process is the program at work.
type process struct {
	cmd     *exec.Cmd
	address string
	started time.Duration
}

// start starts the program and waits until its port answers.
func start(ctx context.Context, binary, home, address string, options ...string) (*process, error) {
	options = append([]string{"serve", "--home", home, "--listen", address}, options...)
	p := &process{cmd: exec.CommandContext(ctx, binary, options...), address: "http://" + address}
	began := time.Now()
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	for {
		conn, err := net.Dial("tcp", address)
		if err == nil {
			p.started = time.Since(began)
			return p, conn.Close()
		}
		if time.Since(began) > 20*time.Second {
			return nil, errors.Join(fmt.Errorf("the program does not answer: %w", err), p.stop())
		}
		time.Sleep(time.Millisecond)
	}
}

func (p *process) stop() error {
	return errors.Join(p.cmd.Process.Signal(os.Interrupt), p.cmd.Wait())
}

// memory gives a line of the program's status in MiB: VmRSS is now, VmHWM the most so far.
func (p *process) memory(line string) (float64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	for text := range strings.Lines(string(status)) {
		if value, ok := strings.CutPrefix(text, line+":"); ok {
			var kb float64
			_, err := fmt.Sscanf(strings.TrimSpace(value), "%f kB", &kb)
			return kb / 1024, err
		}
	}
	return 0, fmt.Errorf("no %s in the status of the program", line)
}
