package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/emersion/go-smtp"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/imaptest"
	"gehoor/internal/inbox"
	"gehoor/internal/office"
	"gehoor/internal/outbox"
	"gehoor/internal/record"
)

// mailRoom measures mail in and out: with the built program from a real Dovecot, and to a
// mail server in this process that takes everything.
func mailRoom(ctx context.Context, dir, binary string) (err error) {
	mails := 10_000
	if given := os.Getenv("BENCH_MAILS"); given != "" {
		if mails, err = strconv.Atoi(given); err != nil || mails < 100 {
			return fmt.Errorf("BENCH_MAILS must be a number of mails, at least 100: %q", given)
		}
	}
	d, err := imaptest.Start(imaptest.How{})
	if errors.Is(err, imaptest.ErrMissing) {
		fmt.Printf("\nThe mail room is not measured: %v\n", err)
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Remove()) }()
	b := mailBench{Dovecot: d, home: filepath.Join(dir, "mail"), secret: filepath.Join(dir, "password")}
	if err := os.WriteFile(b.secret, []byte(imaptest.Password), 0o600); err != nil {
		return err
	}
	if err := b.inHouse(ctx, func(h *house.House) error { return h.FurnishPeople(ctx) }); err != nil {
		return err
	}
	fmt.Printf("\nThe mail room (load %s)\n", load())
	if err := b.program(ctx, binary, mails); err != nil {
		return err
	}
	return b.inHouse(ctx, func(h *house.House) error { return errors.Join(b.latency(ctx, h), b.sending(ctx, h)) })
}

// load is how busy the machine is.
func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	now, _, _ := strings.Cut(string(text), " ")
	return now
}

// mailBench is a register and its mailbox.
type mailBench struct {
	*imaptest.Dovecot
	home, secret string
	sent         int
}

func (b *mailBench) inHouse(ctx context.Context, do func(*house.House) error) error {
	h, err := house.Open(ctx, house.Config{Home: b.home})
	if err != nil {
		return err
	}
	return errors.Join(do(h), h.Close())
}

func (b *mailBench) address() string {
	return "imap+plain://" + imaptest.User + "@127.0.0.1:" + b.Port + "/INBOX"
}

// deliver puts an invented complaint of some two thousand characters in the mailbox.
func (b *mailBench) deliver() error {
	b.sent++
	return b.Deliver(fmt.Appendf(nil, "Received: from mx.example.org by mail.example.org; Tue, 24 Nov 2026 08:00:00 +0000\r\nFrom: Abel Rooskens <klager%d@example.org>\r\nDate: Tue, 24 Nov 2026 08:00:00 +0000\r\nSubject: Klacht: nummer %d\r\nMessage-ID: <%d@example.org>\r\n\r\n%s\r\n",
		b.sent, b.sent, b.sent, strings.Repeat("Ik belde drie keer en niemand kwam aan de telefoon.\r\n", 40)))
}

// program lets the program read a filled mailbox, and looks at its memory.
func (b *mailBench) program(ctx context.Context, binary string, mails int) error {
	for range mails {
		if err := b.deliver(); err != nil {
			return err
		}
	}
	syncs, err := fdatasyncs(b.home)
	if err != nil {
		return err
	}
	address, err := freeAddress()
	if err != nil {
		return err
	}
	p, err := start(ctx, binary, b.home, address, "--inbox", b.address(), "--inbox-password-file", b.secret)
	if err != nil {
		return err
	}
	began := time.Now()
	for len(b.Lying("")) > 0 {
		if time.Since(began) > 30*time.Minute {
			return errors.Join(errors.New("the mailbox is not read"), p.stop())
		}
		time.Sleep(100 * time.Millisecond)
	}
	rate := float64(mails) / time.Since(began).Seconds()
	fmt.Printf("  read from Dovecot, registered      %6.0f /s     %.2f x the %.0f fdatasync/s of this disk; %d mails of 2 kB\n", rate, rate/syncs, syncs, mails)
	return errors.Join(b.memory(p, mails), p.stop())
}

func (b *mailBench) memory(p *process, mails int) error {
	read, err := p.memory("VmHWM")
	if err != nil {
		return err
	}
	time.Sleep(2 * time.Second)
	idle, err := p.memory("VmRSS")
	if err != nil {
		return err
	}
	client, err := logIn(p.address, helpdesk)
	if err != nil {
		return err
	}
	page, err := p.opens(client, "/postkamer")
	if err != nil {
		return err
	}
	most, err := p.memory("VmHWM")
	if err != nil {
		return err
	}
	fmt.Printf("  memory with %6d waiting         %6.1f MiB   most while reading %.1f MiB, with the Postkamer opened %.1f MiB\n  the Postkamer with those           %6.0f ms    (median of 5)\n",
		mails, idle, read, most, float64(page.Microseconds())/1000)
	return nil
}

// opens gives how long a page takes.
func (p *process) opens(client *http.Client, path string) (time.Duration, error) {
	var times []time.Duration
	for range 5 {
		began := time.Now()
		if _, err := fetch(client, p.address+path); err != nil {
			return 0, err
		}
		times = append(times, time.Since(began))
	}
	return median(times), nil
}

// heard is a mail room that says when it took a mail in.
type heard struct {
	inbox.Mailroom
	took chan time.Time
}

func (r heard) TakeIn(ctx context.Context, raw []byte, from record.MailPlace) (record.Taken, error) {
	taken, err := r.Mailroom.TakeIn(ctx, raw, from)
	if err == nil {
		r.took <- time.Now()
	}
	return taken, err
}

// latency measures how long a mail lies before it is registered, under IDLE.
func (b *mailBench) latency(ctx context.Context, h *house.House) error {
	m, err := inbox.Parse(b.address(), false)
	if err != nil {
		return err
	}
	m.PasswordFile = b.secret
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	room := heard{h.Mailroom, make(chan time.Time, 1)}
	go func() {
		defer close(done)
		inbox.Reader{Mailbox: m, Room: room, Log: slog.New(slog.DiscardHandler)}.Run(ctx)
	}()
	defer func() { cancel(); <-done }()
	var times []time.Duration
	const first, all = 1, 31 // the first one waits for the log-in
	for n := range all {
		began := time.Now()
		if err := b.deliver(); err != nil {
			return err
		}
		select {
		case at := <-room.took:
			if n >= first {
				times = append(times, at.Sub(began))
			}
		case <-time.After(time.Minute):
			return errors.New("a mail is not read within a minute")
		}
		time.Sleep(200 * time.Millisecond) // it waits for news again
	}
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	fmt.Printf("  from arrival to registered, IDLE   %6.0f ms    the longest of %d: %.0f ms\n", ms(median(times)), len(times), ms(slices.Max(times)))
	return nil
}

// taker is a mail server that takes everything.
type taker struct{}

func (taker) NewSession(*smtp.Conn) (smtp.Session, error) { return taker{}, nil }
func (taker) Reset()                                      {}
func (taker) Logout() error                               { return nil }
func (taker) Mail(string, *smtp.MailOptions) error        { return nil }
func (taker) Rcpt(string, *smtp.RcptOptions) error        { return nil }
func (taker) Data(r io.Reader) error                      { _, err := io.Copy(io.Discard, r); return err }

// sending measures acknowledgements going out: each is noted when it went.
func (b *mailBench) sending(ctx context.Context, h *house.House) error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := smtp.NewServer(taker{})
	done := make(chan error, 1)
	go func() { done <- server.Serve(l) }()
	defer func() { _ = server.Close(); <-done }() // it ends with that
	who, err := h.Person(ctx, house.DemoStaff[0].Name)
	if err != nil {
		return err
	}
	const messages = 300
	for i := range messages {
		if err := receiveMail(ctx, h, who, i); err != nil {
			return err
		}
	}
	syncs, err := fdatasyncs(b.home)
	if err != nil {
		return err
	}
	if h.Office.Mail, err = outbox.New(outbox.Setting{URL: "smtp://" + l.Addr().String()}); err != nil {
		return err
	}
	sent, began := 0, time.Now()
	for n := 1; n > 0; sent += n {
		if n, err = h.Office.Deliver(ctx); err != nil {
			return err
		}
	}
	rate := float64(sent) / time.Since(began).Seconds()
	fmt.Printf("  sent to a mail server              %6.0f /s     %.2f x the %.0f fdatasync/s of this disk; %d messages\n", rate, rate/syncs, syncs, sent)
	return nil
}

// receiveMail registers a complaint whose acknowledgement goes by e-mail.
func receiveMail(ctx context.Context, h *house.House, who complaint.Person, i int) error {
	draft, err := h.Office.Begin()
	if err != nil {
		return err
	}
	_, err = h.Office.Receive(ctx, who, office.Form{Key: record.NewID()}, office.Intake{Draft: draft, Receipt: complaint.Receipt{
		Channel: complaint.Email, ReceivedOn: h.Office.Today(), Title: "Niemand nam op", Description: "Ik belde drie keer.", DesiredOutcome: "Neem op.",
		Subjects: []complaint.SubjectKind{complaint.AboutService}, Level: complaint.Confidential, Member: complaint.MemberYes},
		Identity: record.Identity{Name: "Abel Rooskens", Street: "Veerdam", House: "101", Postcode: "3561 KL", Town: "Noordzande",
			Phone: phone(), Email: fmt.Sprintf("lezer%d@example.org", i)}})
	return err
}
