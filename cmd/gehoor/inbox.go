package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"gehoor/internal/house"
	"gehoor/internal/inbox"
	"gehoor/internal/record"
)

type inboxCmd struct {
	Import inboxImportCmd `cmd:"" help:"Take in mails from files: they wait in the post room, as mail from a mailbox does. The same mail a second time changes nothing."`
}

type inboxImportCmd struct {
	place
	Quiet bool     `help:"No progress, only the result." short:"q"`
	Files []string `arg:"" help:"Mails (.eml), mailboxes (mbox), or folders that hold them, such as a Maildir." type:"existingpath"`
}

// mostMail is how large one mail may be, in bytes.
const mostMail = 100 << 20

// importer takes mails in and counts.
type importer struct {
	ctx      context.Context
	h        *house.House
	t        terminal
	quiet    bool
	told     time.Time
	all, new int
	failed   int
}

// Run takes every mail in. What cannot be read is named, and the others go on; stopped
// halfway it can be run again.
func (c inboxImportCmd) Run(ctx context.Context, t terminal) (err error) {
	h, err := house.Open(ctx, c.existing())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	i := &importer{ctx: ctx, h: h, t: t, quiet: c.Quiet, told: time.Now()}
	for _, path := range c.Files {
		if err := i.walk(path); err != nil {
			return inWords(h, err)
		}
	}
	fmt.Fprintf(t.out, "%s read: %d new, %d that were here already. They wait in the post room.\n", many(i.all, "mail"), i.new, i.all-i.new)
	if i.failed > 0 {
		fmt.Fprintf(t.out, "%s could not be read.\n", many(i.failed, "file"))
		return errQuiet
	}
	return nil
}

// walk takes in a file, or every file of a folder in the order of their names. A link to
// a file counts as the file; a link to a folder is not followed, for it may lead around.
func (i *importer) walk(path string) error {
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		return i.unread(err)
	}
	return filepath.WalkDir(path, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			return i.ctx.Err()
		}
		var info fs.FileInfo
		if err == nil {
			info, err = os.Stat(path)
		}
		if err == nil && info.Mode().IsRegular() {
			err = i.file(path)
		}
		return i.unread(err)
	})
}

// unread names a file that cannot be read; the others go on. Any other error stays one.
func (i *importer) unread(err error) error {
	var unread *fs.PathError
	if !errors.As(err, &unread) {
		return err
	}
	fmt.Fprintf(i.t.err, "gehoor: %v\n", err)
	i.failed++
	return nil
}

// errTooLarge says that a mail is larger than any mail server takes. Half a mail is none:
// it is not taken in.
var errTooLarge = fmt.Errorf("a mail of more than %d MiB is not taken in", mostMail>>20)

// others are files that mail programs keep beside mails.
var others = []string{".json", ".sqlite", ".msf", ".dat", ".index", ".log", ".lock"}

func (i *importer) file(path string) error {
	name := strings.ToLower(filepath.Base(path))
	if strings.HasPrefix(name, "dovecot") || slices.Contains(others, filepath.Ext(name)) {
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	r := bufio.NewReaderSize(f, 1<<16)
	if start, err := r.Peek(5); err == nil && string(start) == "From " {
		return eachInMbox(r, mostMail, func(raw []byte, err error) error {
			if err != nil {
				return i.unread(&fs.PathError{Op: "read", Path: path, Err: err})
			}
			return i.take(raw)
		})
	}
	raw, err := io.ReadAll(io.LimitReader(r, mostMail+1))
	if err == nil && len(raw) > mostMail {
		err = &fs.PathError{Op: "read", Path: path, Err: errTooLarge}
	}
	if err != nil {
		return err
	}
	return i.take(raw)
}

// take takes one mail in, and says now and then how far it is.
func (i *importer) take(raw []byte) error {
	if len(bytes.TrimSpace(raw)) == 0 {
		return nil
	}
	taken, err := i.h.Mailroom.TakeIn(i.ctx, raw, record.MailPlace{})
	if err != nil {
		return err
	}
	i.all++
	if taken.New {
		i.new++
	}
	if !i.quiet && time.Since(i.told) > time.Second {
		i.told = time.Now()
		fmt.Fprintf(i.t.err, "%d mails, %d new\n", i.all, i.new)
	}
	return nil
}

// eachInMbox gives the mails of an mbox: each begins with a line "From …" after an empty
// one; such lines in a text carry a ">" more (mboxrd). Instead of one of more than so many
// bytes it gives errTooLarge.
func eachInMbox(r *bufio.Reader, most int, take func([]byte, error) error) error {
	var mail bytes.Buffer
	empty, begun, large := true, false, false
	flush := func() error {
		defer mail.Reset()
		switch {
		case !begun:
			return nil
		case large:
			return take(nil, errTooLarge)
		}
		raw := mail.Bytes()
		for _, end := range []string{"\r\n", "\n"} { // the empty line before the next one
			if bytes.HasSuffix(raw, []byte(end+end)) {
				raw = raw[:len(raw)-len(end)]
				break
			}
		}
		return take(bytes.Clone(raw), nil)
	}
	for {
		line, err := r.ReadBytes('\n')
		if len(line) > 0 {
			switch bare := bytes.TrimLeft(line, ">"); {
			case empty && bytes.HasPrefix(line, []byte("From ")):
				if err := flush(); err != nil {
					return err
				}
				begun, large = true, false
			case mail.Len()+len(line) > most:
				large = true
			default:
				if len(bare) < len(line) && bytes.HasPrefix(bare, []byte("From ")) {
					line = line[1:]
				}
				mail.Write(line)
			}
			empty = len(bytes.TrimSpace(line)) == 0
		}
		if errors.Is(err, io.EOF) {
			return flush()
		}
		if err != nil {
			return err
		}
	}
}

// inboxes are the options for reading mailboxes.
type inboxes struct {
	Inbox             []string `help:"A mailbox to read, as imaps://user@mail.example.org/INBOX (imap:// asks for STARTTLS). May be given more than once." env:"GEHOOR_INBOX"`
	InboxPasswordFile []string `help:"File with the password of the mailbox: one for all, or one per --inbox in the same order." env:"GEHOOR_INBOX_PASSWORD_FILE" type:"path"`
	InboxTokenFile    []string `help:"File with an access token (XOAUTH2), instead of a password file; read at every log-in." env:"GEHOOR_INBOX_TOKEN_FILE" type:"path"`
	InboxCA           string   `name:"inbox-ca" help:"File with certificates (PEM) by which the mail server is known, when the system does not know them." env:"GEHOOR_INBOX_CA" type:"path"`
	InboxPlain        bool     `help:"Allow imap+plain:// to other machines: the password crosses the network in the clear." env:"GEHOOR_INBOX_PLAIN"`
}

// mailboxes reads the options.
func (c inboxes) mailboxes() (list []inbox.Mailbox, err error) {
	roots, err := certificates("--inbox-ca", c.InboxCA)
	if err != nil {
		return nil, err
	}
	for i, address := range c.Inbox {
		m, err := inbox.Parse(address, c.InboxPlain)
		if err != nil {
			return nil, err
		}
		if m.PasswordFile, err = fileFor(c.InboxPasswordFile, i, len(c.Inbox), "--inbox-password-file"); err != nil {
			return nil, err
		}
		if m.TokenFile, err = fileFor(c.InboxTokenFile, i, len(c.Inbox), "--inbox-token-file"); err != nil {
			return nil, err
		}
		if m.PasswordFile+m.TokenFile == "" {
			return nil, errors.New("--inbox needs --inbox-password-file, or --inbox-token-file")
		}
		m.Roots = roots
		list = append(list, m)
	}
	return list, nil
}

// fileFor gives the file of one mailbox out of as many as there are mailboxes, or the one
// for all.
func fileFor(files []string, i, all int, option string) (string, error) {
	switch len(files) {
	case 0:
		return "", nil
	case 1:
		return files[0], nil
	case all:
		return files[i], nil
	}
	return "", fmt.Errorf("%s was given %d times for %d mailboxes: give one for all, or one for each", option, len(files), all)
}

// readAll reads mailboxes until the context ends, or until what it gives is called.
func readAll(ctx context.Context, h *house.House, boxes []inbox.Mailbox) (stop func(), err error) {
	var names []string
	for _, m := range boxes {
		names = append(names, m.Name())
	}
	if err := h.Mailroom.MailboxesAre(ctx, names); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	var readers sync.WaitGroup
	for _, m := range boxes {
		readers.Go(func() { inbox.Reader{Mailbox: m, Room: h.Mailroom, Log: h.Log}.Run(ctx) })
	}
	return func() { cancel(); readers.Wait() }, nil
}

// many says how many there are of something: "1 mail", "2 mails".
func many(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}
