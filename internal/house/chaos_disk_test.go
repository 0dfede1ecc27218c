package house_test

import (
	"errors"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"gehoor/internal/house"
	"gehoor/internal/housetest"
)

// TestChaosFullDisk takes complaints in until the disk is full: the register says so,
// nothing is half-written, and after making room it goes on without a restart.
func TestChaosFullDisk(t *testing.T) {
	cycles(t, true)
	home := t.TempDir()
	resize := smallDisk(t, home)
	h := housetest.Open(t, house.Config{Home: home})
	if err := h.FurnishPeople(t.Context()); err != nil {
		t.Fatal(err)
	}
	c, err := newCrew(t.Context(), h)
	if err != nil {
		t.Fatal(err)
	}
	s := &siege{home: home, db: register(t, home, ""), tries: 1}
	if s.stories, err = c.begin(0, 600); err != nil {
		t.Fatal(err)
	}
	full := s.tellHere(t, c, s.open())
	if s.gaveUp == 0 {
		t.Fatalf("the disk never got full: %d steps answered", s.acked)
	}
	for _, line := range full {
		if !strings.Contains(line.Error, "error.register_full") && !strings.Contains(line.Error, "error.unavailable") {
			t.Errorf("not said to be full: %+v", line)
		}
	}
	if n := look(t, h, s.db, s.stories); n > 0 {
		t.Errorf("%d steps are written and were refused", n)
	}
	filled := s.acked
	if c.shared() == 0 {
		t.Error("no writes shared a commit while the disk filled")
	}

	resize("64m")
	begun := s.stories[:200]
	s.gaveUp = 0
	s.tellHere(t, c, begun)
	if s.gaveUp > 0 {
		t.Error("it does not go on after making room")
	}
	look(t, h, s.db, s.stories)
	t.Logf("full after %d steps, %d refusals; %d after making room", filled, len(full), s.acked-filled)
}

// tellHere tells stories in this process, and gives the lines of who gave up.
func (s *siege) tellHere(t *testing.T, c *crew, stories []*story) (gaveUp []said) {
	t.Helper()
	// What is heard changes the stories, which the clients read: it is heard afterwards.
	var mu sync.Mutex
	var lines []said
	c.tellAll(t.Context(), stories, clients, s.tries, func(line said) {
		mu.Lock()
		defer mu.Unlock()
		lines = append(lines, line)
	})
	for _, line := range lines {
		if problem := s.hear(s.stories[line.N], line); problem != "" {
			t.Error(problem)
		}
		if line.What == "gave up" {
			gaveUp = append(gaveUp, line)
		}
	}
	return gaveUp
}

// smallDisk puts a file system of six megabytes at dir; resize makes it another size.
func smallDisk(t *testing.T, dir string) (resize func(size string)) {
	t.Helper()
	mount := func(args ...string) error {
		out, err := exec.Command("mount", args...).CombinedOutput()
		if err != nil {
			err = errors.New(strings.TrimSpace(string(out)) + ": " + err.Error())
		}
		return err
	}
	if os.Geteuid() != 0 {
		t.Skip("a disk to fill takes root, who may mount a tmpfs")
	}
	if err := mount("-t", "tmpfs", "-o", "size=6m", "gehoor-chaos", dir); err != nil {
		t.Skipf("no tmpfs to fill may be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			t.Errorf("umount: %v %s", err, out)
		}
	})
	return func(size string) {
		if err := mount("-o", "remount,size="+size, dir); err != nil {
			t.Fatal(err)
		}
	}
}
