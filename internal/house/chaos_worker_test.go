package house_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"testing"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/office"
)

// workerVariable makes a run of the test program a worker of the kill tests.
const workerVariable = "GEHOOR_CHAOS_WORKER"

func TestMain(m *testing.M) {
	if os.Getenv(workerVariable) != "" {
		os.Exit(work(os.Stdin, os.Stdout))
	}
	os.Exit(m.Run())
}

// clients is how many people are at work at once.
const clients = 16

// orders is what a worker is told on its standard input.
type orders struct {
	Home, Database string
	Tries          int // how often a client asks again when the register cannot answer now
	Stories        []*story
	SMTP           string    // the worker is a postman, and sends what is due by this server
	At             time.Time // what a postman's clock says
	Inbox          string    // the worker reads this mailbox until it is killed
	PasswordFile   string
	Busy           bool // and somebody takes letters in meanwhile
}

// said is one line that a worker says about a step.
type said struct {
	What    string // open, acked, again (asked once more), gave up, failed, shared (Step writes had no commit of their own)
	N, Step int
	Dossier string
	Key     string
	Error   string
}

// work opens the house and lets the clients work until every story is told. It ends
// with its parent: its standard input closes then.
func work(in io.Reader, out io.Writer) int {
	d := json.NewDecoder(in)
	var o orders
	if err := d.Decode(&o); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	go func() {
		_ = d.Decode(&struct{}{}) // nothing more is said: this ends when the parent does
		os.Exit(3)
	}()
	var mu sync.Mutex
	lines := json.NewEncoder(out) // each line is one write, so that a kill cannot cut it
	say := func(s said) {
		mu.Lock()
		defer mu.Unlock()
		if err := lines.Encode(s); err != nil {
			os.Exit(4)
		}
	}
	if err := o.carryOut(context.Background(), say); err != nil {
		say(said{What: "failed", Error: err.Error()})
		return 1
	}
	return 0
}

func (o orders) carryOut(ctx context.Context, say func(said)) (err error) {
	clock := &house.Clock{}
	clock.Set(housetest.TestDay)
	h, err := house.Open(ctx, house.Config{Home: o.Home, Database: o.Database, Clock: clock})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	say(said{What: "open"})
	if o.SMTP != "" {
		return o.deliver(ctx, h, clock)
	}
	if o.Inbox != "" {
		return o.read(ctx, h, say)
	}
	if len(o.Stories) == 0 {
		return nil
	}
	c, err := newCrew(ctx, h)
	if err != nil {
		return err
	}
	c.tellAll(ctx, o.Stories, clients, o.Tries, say)
	say(said{What: "shared", Step: c.shared()})
	return nil
}

// shared gives how many writes had no commit of their own.
func (c *crew) shared() int {
	writes, commits := c.Store.Commits()
	return int(writes - commits)
}

// tellAll lets a number of clients tell stories side by side. Who gives up on one goes
// home.
func (c *crew) tellAll(ctx context.Context, stories []*story, clients, tries int, say func(said)) {
	queue := make(chan *story, len(stories))
	for _, s := range stories {
		queue <- s
	}
	close(queue)
	var all sync.WaitGroup
	for range clients {
		all.Go(func() {
			for s := range queue {
				if !c.tell(ctx, s, tries, say) {
					return
				}
			}
		})
	}
	all.Wait()
}

// tell goes on with a story where its answers ended. The last answered step is sent
// once more: it must give the first result again.
func (c *crew) tell(ctx context.Context, s *story, tries int, say func(said)) bool {
	first := s.Acked
	for i := max(0, first-1); i < len(s.steps()); i++ {
		line := said{What: "acked", N: s.N, Step: i, Dossier: s.Draft.ID, Key: s.key(i)}
		err := c.ask(ctx, s, i)
		for try := 1; err != nil && complaint.IsKind(err, complaint.Unavailable) && try < tries; try++ {
			say(said{What: "again", N: s.N, Step: i, Error: err.Error()})
			err = c.ask(ctx, s, i)
		}
		if err != nil {
			line.What, line.Error = "failed", s.steps()[i].name+": "+err.Error()
			if complaint.IsKind(err, complaint.Unavailable) {
				line.What = "gave up"
			}
			say(line)
			return false
		}
		if i >= first {
			say(line)
		}
	}
	return true
}

// ask sends one request, and every fifth one twice at the same moment, as a double
// click does: both must be answered as one, unless the register could not answer one.
func (c *crew) ask(ctx context.Context, s *story, i int) error {
	do := func() error {
		return s.steps()[i].do(ctx, c, s, office.Form{Dossier: s.Draft.ID, Key: s.key(i)})
	}
	if (s.N+i)%5 != 0 {
		return do()
	}
	other := make(chan error)
	go func() { other <- do() }()
	one, two := do(), <-other
	for _, err := range []error{one, two} {
		// On a full disk there may be room for one and not for the other (the file that
		// comes with it): it was answered, and must be there.
		if (one == nil || two == nil) && complaint.IsKind(err, complaint.Unavailable) {
			return nil
		}
	}
	return errors.Join(one, two)
}
