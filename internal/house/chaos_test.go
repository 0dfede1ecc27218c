package house_test

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/pgtest"
)

// The kill tests: a worker process (chaos_worker_test.go) is killed at random moments
// while clients tell stories (chaos_story_test.go); afterwards the register is looked
// into (chaos_look_test.go).

// cycles says how often the worker is killed and the register looked into: "make
// chaos" asks for more than "make test".
func cycles(t *testing.T, sqlite bool) int {
	t.Helper()
	if testing.Short() {
		t.Skip("a kill test takes some seconds")
	}
	n, named := [2]int{20, 5}, os.Getenv("GEHOOR_CHAOS")
	if named != "" {
		if _, err := fmt.Sscanf(named, "%d,%d", &n[0], &n[1]); err != nil {
			t.Fatalf("GEHOOR_CHAOS must be two numbers of cycles, as 300,100: %v", err)
		}
	}
	if sqlite {
		return n[0]
	}
	return n[1]
}

// perRegister is how many cycles one register lives through; a long run takes several.
const perRegister = 25

func TestChaosKill(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) {
		besiege(t, cycles(t, true), func(*testing.T) string { return "" })
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		besiege(t, cycles(t, false), func(t *testing.T) string { return pgtest.DSN(t) })
	})
}

func besiege(t *testing.T, all int, database func(*testing.T) string) {
	t.Helper()
	for done := 0; done < all && !t.Failed(); done += perRegister {
		s := newSiege(t, database(t), uint64(done))
		for i := range min(perRegister, all-done) {
			s.cycle(t, i)
			if t.Failed() {
				t.Fatalf("cycle %d", done+i+1)
			}
		}
		s.finish(t)
		t.Logf("%d of %d cycles: %d kills (%d while opening), %d answered, %d written but not answered, %d asked again",
			min(done+perRegister, all), all, s.kills, s.early, s.acked, s.unanswered, s.again)
	}
}

// siege is a register whose workers are killed.
type siege struct {
	home, database string
	dice           *rand.Rand
	stories        []*story
	db             *sql.DB
	tries          int

	kills, early, acked, unanswered, again, gaveUp, shared int
}

func newSiege(t *testing.T, database string, seed uint64) *siege {
	t.Helper()
	s := &siege{home: t.TempDir(), database: database, dice: rand.New(rand.NewPCG(seed, 9)), tries: 20}
	s.furnish(t)
	return s
}

// furnish makes the house, or finds it made.
func (s *siege) furnish(t *testing.T) {
	t.Helper()
	s.inHouse(t, func(h *house.House) {
		if err := h.FurnishPeople(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.supply(t, h)
	})
	s.db = register(t, s.home, s.database)
}

// inHouse opens the house for a moment, as the next start of the program does.
func (s *siege) inHouse(t *testing.T, do func(*house.House)) {
	t.Helper()
	clock := &house.Clock{}
	clock.Set(housetest.TestDay)
	h, err := house.Open(t.Context(), house.Config{Home: s.home, Database: s.database, Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	do(h)
	if err := h.Close(); err != nil {
		t.Error(err)
	}
}

// supply sees that there are more stories than a worker can tell before it is killed.
func (s *siege) supply(t *testing.T, h *house.House) {
	t.Helper()
	const enough = 400
	c, err := newCrew(t.Context(), h)
	if err != nil {
		t.Fatal(err)
	}
	more, err := c.begin(len(s.stories), max(0, enough-len(s.open())))
	if err != nil {
		t.Fatal(err)
	}
	s.stories = append(s.stories, more...)
}

// open gives the stories that have no end yet, in the order in which they began: what
// was not answered comes first.
func (s *siege) open() []*story {
	var list []*story
	for _, one := range s.stories {
		if one.Acked < len(one.steps()) {
			list = append(list, one)
		}
	}
	return list
}

// cycle kills and looks. Every fourth time it kills twice before it looks, so that a
// worker itself finds what a killed one left: its write-ahead log, or the backends
// that do not know yet that their client is gone.
func (s *siege) cycle(t *testing.T, i int) {
	t.Helper()
	for range 1 + i%4/3 {
		early := s.dice.IntN(8) == 0
		s.kill(t, early, time.Duration(50+s.dice.IntN(551))*time.Millisecond)
	}
	s.look(t)
}

func (s *siege) look(t *testing.T) {
	t.Helper()
	if s.database != "" {
		// A backend may still be carrying out the last COMMIT of who was killed.
		if _, err := s.db.ExecContext(t.Context(), `SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
			WHERE datname = current_database() AND pid <> pg_backend_pid()`); err != nil {
			t.Fatal(err)
		}
	}
	s.inHouse(t, func(h *house.House) {
		s.unanswered += look(t, h, s.db, s.stories)
		s.supply(t, h)
	})
}

// kill starts a worker and kills it some time after it opened the house, or early:
// after a fifth of that time, whatever it is doing.
func (s *siege) kill(t *testing.T, early bool, after time.Duration) {
	t.Helper()
	w := s.start(t, exec.Command(os.Args[0]), s.open())
	if early {
		s.early++
		time.AfterFunc(after/5, w.kill)
	}
	w.follow(t, s, func() {
		if !early {
			time.AfterFunc(after, w.kill)
		}
	})
	if code := w.cmd.ProcessState.ExitCode(); code != -1 {
		t.Fatalf("the worker ended by itself with %d before it was killed: %s", code, &w.stderr)
	}
	s.kills++
}

// underWay gives the stories that were begun and not told to their end.
func (s *siege) underWay(t *testing.T) []*story {
	t.Helper()
	there := whatIsThere(t, s.db)
	var begun []*story
	for _, one := range s.open() {
		if there[one.Draft.ID] != nil {
			begun = append(begun, one)
		}
	}
	return begun
}

// finish lets a worker tell all stories that began to their end, undisturbed.
func (s *siege) finish(t *testing.T) {
	t.Helper()
	begun := s.underWay(t)
	// A slow machine may need longer than the cycles gave it to interrupt anything.
	for after := time.Second; len(begun) == 0 && after <= 16*time.Second; after *= 2 {
		s.kill(t, false, after)
		s.look(t)
		begun = s.underWay(t)
	}
	if len(begun) == 0 {
		t.Fatal("no story was under way: nothing was interrupted")
	}
	s.calm(t, begun)
	s.look(t)
	for _, one := range begun {
		if one.Acked != len(one.steps()) {
			t.Errorf("story %d stops after step %d", one.N, one.Acked)
		}
	}
}

// calm runs a worker to its own end.
func (s *siege) calm(t *testing.T, stories []*story) {
	t.Helper()
	w := s.start(t, exec.Command(os.Args[0]), stories)
	w.follow(t, s, nil)
	if code := w.cmd.ProcessState.ExitCode(); code != 0 {
		t.Fatalf("the worker ended with %d: %s", code, &w.stderr)
	}
}

// worker is a process at work.
type worker struct {
	cmd    *exec.Cmd
	hold   io.Closer // while this is open, the worker works
	lines  *json.Decoder
	stderr bytes.Buffer
}

// start runs a worker: cmd is the test program, perhaps under something else.
func (s *siege) start(t *testing.T, cmd *exec.Cmd, stories []*story) *worker {
	t.Helper()
	w := &worker{cmd: cmd}
	cmd.Env = append(os.Environ(), workerVariable+"=1")
	cmd.Stderr = &w.stderr
	in, err := cmd.StdinPipe()
	out, err2 := cmd.StdoutPipe()
	if err := errors.Join(err, err2, cmd.Start()); err != nil {
		t.Fatal(err)
	}
	w.hold, w.lines = in, json.NewDecoder(out)
	// An early kill may break this pipe.
	text, err := json.Marshal(orders{Home: s.home, Database: s.database, Tries: s.tries, Stories: stories})
	if err != nil {
		t.Fatal(err)
	}
	go in.Write(text)
	return w
}

// kill is kill -9; a worker that has ended already does not mind.
func (w *worker) kill() { _ = w.cmd.Process.Kill() }

// follow hears what a worker says until it ends; opened is called when the house is
// open. What stands in the pipe was said before the kill, and counts.
func (w *worker) follow(t *testing.T, s *siege, opened func()) {
	t.Helper()
	byN := map[int]*story{}
	for _, one := range s.stories {
		byN[one.N] = one
	}
	for {
		var line said
		if err := w.lines.Decode(&line); err != nil {
			break
		}
		if line.What == "open" && opened != nil {
			opened()
		}
		if problem := s.hear(byN[line.N], line); problem != "" {
			t.Error(problem)
		}
	}
	w.hold.Close()
	_ = w.cmd.Wait()
}

// hear counts a line, and gives what is wrong with it.
func (s *siege) hear(one *story, line said) string {
	switch line.What {
	case "acked":
		if line.Step != one.Acked || line.Dossier != one.Draft.ID || line.Key != one.key(one.Acked) {
			return fmt.Sprintf("story %d is at step %d, and heard %+v", one.N, one.Acked, line)
		}
		one.Acked++
		s.acked++
	case "again":
		s.again++
	case "shared":
		s.shared += line.Step
	case "gave up":
		s.gaveUp++
		if s.tries > 1 {
			return strings.TrimSpace(fmt.Sprintf("story %d gave up: %s", line.N, line.Error))
		}
	case "failed":
		return fmt.Sprintf("story %d failed: %s", line.N, line.Error)
	}
	return ""
}
