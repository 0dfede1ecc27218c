package house_test

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gehoor/internal/pgtest"
)

// TestChaosBirth kills the first start of a house, while it makes its register and its
// key: the next start makes the rest.
func TestChaosBirth(t *testing.T) {
	for name, database := range map[string]func(*testing.T) string{
		"SQLite": func(*testing.T) string { return "" }, "PostgreSQL": func(t *testing.T) string { return pgtest.DSN(t) },
	} {
		t.Run(name, func(t *testing.T) {
			dice, births := rand.New(rand.NewPCG(1, 9)), max(4, cycles(t, name == "SQLite")/4)
			began := time.Now()
			(&siege{home: t.TempDir(), database: database(t)}).calm(t, nil)
			whole, killed := time.Since(began), 0
			for range births {
				s := &siege{home: t.TempDir(), database: database(t), tries: 20}
				w := s.start(t, exec.Command(os.Args[0]), nil)
				time.AfterFunc(time.Duration(dice.Int64N(int64(whole/2))), w.kill)
				w.follow(t, s, nil)
				if w.cmd.ProcessState.ExitCode() == -1 {
					killed++
				}
				s.calm(t, nil)
				s.furnish(t)
				s.calm(t, s.stories[:4])
				s.look(t)
			}
			t.Logf("%d of %d houses were killed while they were made", killed, births)
		})
	}
}

// TestChaosSyncFails lets fdatasync and fsync fail under a worker, now and then or for
// good: no step is answered that a later start does not find.
func TestChaosSyncFails(t *testing.T) {
	cycles(t, true)
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("no strace on this machine; on Debian or Ubuntu: apt-get install strace")
	}
	if out, err := exec.Command(strace, "-f", "-o", os.DevNull, "true").CombinedOutput(); err != nil {
		t.Skipf("strace is not permitted here: %v %s", err, out)
	}
	// strace counts the calls of each thread by itself, and writes that share a commit
	// share its sync: the counts are low and the stories many, so that on every machine
	// some thread gets that far.
	for name, c := range map[string]struct {
		when  string
		tries int
	}{"now and then": {"3+4", 50}, "after some time": {"4+", 1}, "from the start": {"1+", 1}} {
		t.Run(name, func(t *testing.T) {
			s := newSiege(t, "", 1)
			s.tries = c.tries
			stories := s.stories[:160]
			trace := filepath.Join(t.TempDir(), "trace")
			w := s.start(t, exec.Command(strace, "-f", "-qq", "-o", trace, "-e", "trace=fsync,fdatasync",
				"-e", "inject=fsync,fdatasync:error=EIO:when="+c.when, os.Args[0]), stories)
			w.follow(t, s, nil)
			injected, err := os.ReadFile(trace)
			if n := strings.Count(string(injected), "(INJECTED)"); n == 0 || err != nil {
				t.Fatalf("no sync failed: %v, %s", err, &w.stderr)
			}
			if s.again+s.gaveUp == 0 {
				t.Error("nobody heard of a sync that failed")
			}
			answered := s.acked
			// The kernel keeps what was written even when its sync failed; so only this
			// shows that an answer waits for a sync that went well.
			if c.when == "1+" && answered > 0 {
				t.Errorf("%d steps were answered, and no sync went well", answered)
			}
			// In the middle of a shared commit: the syncs that fail are those of batches.
			if c.when == "3+4" && s.shared == 0 {
				t.Error("no writes shared a commit")
			}
			s.look(t)
			s.tries = 20
			s.calm(t, stories)
			s.look(t)
			t.Logf("%d syncs failed: %d steps answered, asked again %d times, %d gave up, %d written all the same",
				strings.Count(string(injected), "(INJECTED)"), answered, s.again, s.gaveUp, s.unanswered)
		})
	}
}
