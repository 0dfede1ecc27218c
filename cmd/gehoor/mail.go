package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"gehoor/internal/envelope"
	"gehoor/internal/house"
	"gehoor/internal/mailroom"
	"gehoor/internal/record"
	catalog "gehoor/internal/words"
)

type mailCmd struct {
	Test    mailTestCmd `cmd:"" help:"Send one test message, and say in plain words what is wrong when it does not go."`
	Explain explainCmd  `cmd:"" help:"Say how gehoor reads a mail, and why: one JSON object per line. Nothing is stored, fetched or sent."`
}

type explainCmd struct {
	Home  string   `help:"A data folder: then its staff, its own mail domain and what it sent and received count: open confirmations and threads. Without it gehoor knows nobody." type:"existingdir"`
	Files []string `arg:"" help:"Mails as files (.eml)."`
}

// explained is what one line of the answer says. Field names are those of the mail
// corpus that gehoor is tested with.
type explained struct {
	File        string          `json:"file"`
	FromAddress *string         `json:"from_address"` // null: none, or more than one
	FromName    string          `json:"from_name"`
	Subject     string          `json:"subject_shown"`
	Text        string          `json:"text"`
	IsAuto      bool            `json:"is_auto"`
	IsBounce    bool            `json:"is_bounce"`
	Kind        mailroom.Kind   `json:"kind"`
	HasMarker   bool            `json:"has_klacht_marker"`
	Attachments []explainedFile `json:"attachments"`
	Flags       []string        `json:"flags"`
	Why         string          `json:"why"`
	OwnText     string          `json:"own_text"`
}

type explainedFile struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

// Run explains every file; one that cannot be read is named, and the others go on.
func (c explainCmd) Run(ctx context.Context, t terminal) (err error) {
	words, err := catalog.Load()
	if err != nil {
		return err
	}
	known, tokens, done, err := c.known(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	out, failed := json.NewEncoder(t.out), false
	out.SetEscapeHTML(false)
	seen := twins{}
	for _, file := range c.Files {
		raw, err := os.ReadFile(file)
		if err != nil {
			fmt.Fprintf(t.err, "gehoor: %v\n", err)
			failed = true
			continue
		}
		m := envelope.Open(raw)
		one, err := tokens(ctx, m, known)
		if err != nil {
			return err
		}
		one.Twin = seen.of(m, raw, file) // not itself, when it was taken in before
		if err := out.Encode(explain(words.Speak("en"), file, m, mailroom.Judge(m, one))); err != nil {
			return err
		}
	}
	if failed {
		return errQuiet
	}
	return nil
}

// tokensOf adds what a register knows about one mail.
type tokensOf func(ctx context.Context, m record.Mail, k mailroom.Known) (mailroom.Known, error)

// known asks a data folder who works there and what it sent, so that a mail is read as it
// would be read when it came in. done closes the folder.
func (c explainCmd) known(ctx context.Context) (k mailroom.Known, tokens tokensOf, done func() error, err error) {
	none := func(_ context.Context, _ record.Mail, k mailroom.Known) (mailroom.Known, error) { return k, nil }
	if c.Home == "" {
		return k, none, func() error { return nil }, nil
	}
	h, err := house.Open(ctx, place{Home: c.Home}.existing())
	if err != nil {
		return k, none, nil, err
	}
	tokens = func(ctx context.Context, m record.Mail, _ mailroom.Known) (mailroom.Known, error) {
		return h.Mailroom.Known(ctx, m)
	}
	return k, tokens, h.Close, nil
}

// twins remembers the mails of one call, to find those that came twice.
type twins map[string]string

// of gives the file of an earlier mail that is the same: by its Message-ID, or by
// sender, date and text. A second delivery differs in its Received headers.
func (t twins) of(m record.Mail, raw []byte, file string) string {
	keys := []string{fmt.Sprintf("%x", sha256.Sum256(raw))}
	if m.MessageID != "" {
		keys = append(keys, "id "+m.MessageID)
	}
	if sender := m.Sender(); sender != "" && !m.Date.IsZero() {
		keys = append(keys, fmt.Sprintf("%s %d %x", sender, m.Date.Unix(), sha256.Sum256([]byte(m.Text))))
	}
	twin := ""
	for _, key := range keys {
		twin = cmp.Or(twin, t[key])
	}
	for _, key := range keys {
		t[key] = file
	}
	return twin
}

func explain(v *catalog.Voice, file string, m record.Mail, j mailroom.Judgement) explained {
	e := explained{File: file, FromName: m.SenderName(), Subject: m.Subject, Text: m.Text, IsAuto: j.IsAuto(), IsBounce: j.Kind == mailroom.Bounce,
		Kind: j.Kind, HasMarker: j.Marker, Attachments: []explainedFile{}, Flags: j.Flags, OwnText: j.Own}
	if address := m.Sender(); address != "" {
		e.FromAddress = &address
	}
	if e.Flags == nil {
		e.Flags = []string{}
	}
	for _, p := range m.Parts {
		e.Attachments = append(e.Attachments, explainedFile{p.Name, p.Type})
	}
	var why []string
	for _, code := range j.Why {
		why = append(why, v.Say("mail.why."+code))
	}
	if j.IsAuto() {
		var reasons []string
		for _, code := range j.Auto {
			reasons = append(reasons, v.Say("mail.auto."+code))
		}
		why = append(why, v.Say("mail.auto.title")+" "+strings.Join(reasons, "; ")+".")
	}
	e.Why = strings.Join(why, " ")
	return e
}
