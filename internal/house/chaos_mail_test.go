package house_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/office"
	"gehoor/internal/outbox"
	"gehoor/internal/pgtest"
	"gehoor/internal/record"
	"gehoor/internal/smtptest"
)

// deliver sends all that is due.
func (o orders) deliver(ctx context.Context, h *house.House, clock *house.Clock) error {
	clock.Set(o.At)
	post, err := outbox.New(outbox.Setting{URL: o.SMTP})
	if err != nil {
		return err
	}
	h.Office.Mail = post
	for n := 1; n > 0; {
		if n, err = h.Office.Deliver(ctx); err != nil {
			return err
		}
	}
	return nil
}

// mailsPerCycle is how many e-mails wait for each postman that is killed.
const mailsPerCycle = 12

// Postmen are killed at random moments. Each message goes at least once, again with the
// same bytes, and the course says once that it went.
func TestChaosMail(t *testing.T) {
	for name, database := range map[string]func(*testing.T) string{
		"SQLite": func(*testing.T) string { return "" }, "PostgreSQL": func(t *testing.T) string { return pgtest.DSN(t) },
	} {
		t.Run(name, func(t *testing.T) {
			n := max(1, cycles(t, name == "SQLite")/2)
			for done := 0; done < n && !t.Failed(); done += perRegister {
				chaseMail(t, &siege{home: t.TempDir(), database: database(t), dice: rand.New(rand.NewPCG(uint64(done), 4))}, min(perRegister, n-done))
			}
		})
	}
}

func chaseMail(t *testing.T, s *siege, kills int) {
	sink := smtptest.New(t, smtptest.How{})
	s.inHouse(t, func(h *house.House) {
		if err := h.FurnishPeople(t.Context()); err != nil {
			t.Fatal(err)
		}
		for i := range mailsPerCycle * kills {
			receiveMail(t, h, i)
		}
	})
	at := housetest.TestDay
	for i := range kills {
		at = at.Add(20 * time.Minute) // what a killed postman held is free by then
		if i == 0 {
			s.killAtTheDoor(t, sink, at, 1+s.dice.IntN(mailsPerCycle))
			continue
		}
		s.killPostman(t, sink, at, time.Duration(s.dice.IntN(120))*time.Millisecond)
	}
	at = at.Add(20 * time.Minute)
	if w := s.postman(t, sink, at, nil); w.cmd.ProcessState.ExitCode() != 0 {
		t.Fatalf("the last postman ended with %v: %s", w.cmd.ProcessState, &w.stderr)
	}
	checkMail(t, s, sink, mailsPerCycle*kills)
}

func receiveMail(t *testing.T, h *house.House, i int) {
	t.Helper()
	draft, err := h.Office.Begin()
	if err != nil {
		t.Fatal(err)
	}
	helpdesk, err := h.Person(t.Context(), "Jorien Tasselaar")
	if err != nil {
		t.Fatal(err)
	}
	if _, err = h.Office.Receive(t.Context(), helpdesk, office.Form{}, office.Intake{Draft: draft, Receipt: complaint.Receipt{
		Channel: complaint.Email, ReceivedOn: h.Office.Today(), Title: "Niemand nam op", Description: "Ik belde drie keer.", DesiredOutcome: "Neem op.",
		Subjects: []complaint.SubjectKind{complaint.AboutService}, Member: complaint.MemberYes, Level: complaint.Confidential,
	}, Identity: record.Identity{Name: "Abel Rooskens", Street: "Veerdam", House: "101", Postcode: "3561KL", Town: "Noordzande",
		Phone: "06-00000074", Email: fmt.Sprintf("klager%d@example.org", i)}}); err != nil {
		t.Fatal(err)
	}
}

// killPostman kills a postman some time after he opened the house.
func (s *siege) killPostman(t *testing.T, sink *smtptest.Sink, at time.Time, after time.Duration) {
	t.Helper()
	w := s.postman(t, sink, at, func(w *worker) { time.AfterFunc(after, w.kill) })
	if w.cmd.ProcessState.ExitCode() == -1 {
		s.kills++
	} else if w.cmd.ProcessState.ExitCode() != 0 {
		t.Fatalf("a postman ended with %v: %s", w.cmd.ProcessState, &w.stderr)
	}
}

// killAtTheDoor kills a postman while the mail server takes his nth message: it has it, and he
// never hears so. On a fast machine one who is killed by the clock may be done before.
func (s *siege) killAtTheDoor(t *testing.T, sink *smtptest.Sink, at time.Time, nth int) {
	t.Helper()
	postman := make(chan *worker, 1)
	sink.Taking(func(n int) {
		if n == nth {
			(<-postman).kill()
		}
	})
	s.postman(t, sink, at, func(w *worker) { postman <- w })
	sink.Taking(nil)
	s.kills++
}

// postman runs one to his end.
func (s *siege) postman(t *testing.T, sink *smtptest.Sink, at time.Time, opened func(*worker)) *worker {
	t.Helper()
	w := &worker{cmd: exec.Command(os.Args[0])}
	w.cmd.Env, w.cmd.Stderr = append(os.Environ(), workerVariable+"=1"), &w.stderr
	in, err := w.cmd.StdinPipe()
	out, err2 := w.cmd.StdoutPipe()
	if err := errors.Join(err, err2, w.cmd.Start()); err != nil {
		t.Fatal(err)
	}
	if err := json.NewEncoder(in).Encode(orders{Home: s.home, Database: s.database, SMTP: sink.URL("smtp"), At: at}); err != nil {
		t.Fatal(err)
	}
	lines := json.NewDecoder(out)
	for {
		var line said
		if err := lines.Decode(&line); err != nil {
			break
		}
		if line.What == "open" && opened != nil {
			opened(w)
		} else if line.What == "failed" {
			t.Error(line.Error)
		}
	}
	_ = in.Close()
	_ = w.cmd.Wait()
	return w
}

// checkMail compares what came with what should have gone.
func checkMail(t *testing.T, s *siege, sink *smtptest.Sink, want int) {
	t.Helper()
	first, twice := map[string]string{}, 0
	for _, m := range sink.Got() {
		if raw, again := first[m.To]; again {
			twice++
			if raw != m.Raw {
				t.Errorf("%s got other bytes the second time", m.To)
			}
		}
		first[m.To] = m.Raw
	}
	if len(first) != want {
		t.Errorf("%d of %d messages went", len(first), want)
	}
	s.db = register(t, s.home, s.database)
	for what, query := range map[string]string{
		"letters without a day": `SELECT COUNT(*) FROM letter WHERE sent_on = ''`,
		"messages that wait":    `SELECT COUNT(*) FROM message WHERE state <> 'sent' OR sealed IS NOT NULL`,
		"doubled events":        `SELECT COUNT(*) FROM (SELECT dossier FROM event WHERE kind = 'letter_sent' GROUP BY dossier HAVING COUNT(*) > 1) AS d`,
	} {
		var n int
		if err := s.db.QueryRowContext(t.Context(), query).Scan(&n); err != nil || n != 0 {
			t.Errorf("%d %s (%v)", n, what, err)
		}
	}
	s.inHouse(t, func(h *house.House) {
		r, err := h.Inspector.Verify(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range r.Findings {
			t.Errorf("verify: %v", f)
		}
	})
	if s.kills == 0 {
		t.Error("no postman was killed at work")
	}
	t.Logf("%d postmen were killed, %d messages went, %d of them twice", s.kills, len(first), twice)
}
