package house

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"time"
	_ "time/tzdata" // the time zone stands in the program

	"gehoor/internal/access"
	"gehoor/internal/complaint"
	"gehoor/internal/envelope"
	"gehoor/internal/inspection"
	"gehoor/internal/letter"
	"gehoor/internal/mailroom"
	"gehoor/internal/office"
	"gehoor/internal/outbox"
	"gehoor/internal/personnel"
	"gehoor/internal/procedure"
	"gehoor/internal/record"
	"gehoor/internal/report"
	"gehoor/internal/seal"
	"gehoor/internal/store"
	"gehoor/internal/vault"
	"gehoor/internal/words"
)

// Zone is the time zone of the organisation: terms count its local days.
const Zone = "Europe/Amsterdam"

// Config says where the house stands.
type Config struct {
	Home      string         // holds register/ (the database) and key/ (the key file)
	Database  string         // a postgres URL; empty: SQLite in Home
	KeyFile   string         // empty: in Home
	MaxUpload int64          // the largest file taken, in bytes; 0: 25 MiB
	Mail      outbox.Setting // the mail server; zero: e-mail waits in the post room
	Log       *slog.Logger
	Clock     *Clock
	Cost      access.Cost // of hashing passwords; zero: the default. Tests take less
	Existing  bool        // refuse to make a new register or key: for looking at one that must be there
}

// House is the whole office, built: its rooms know one another.
type House struct {
	Config
	Store     *store.Store
	Vault     *vault.Vault
	Words     *words.Catalog
	Office    *office.Office
	Inspector *inspection.Inspector
	People    *personnel.Personnel
	Post      outbox.Post
	Mailroom  *mailroom.Mailroom
	Zone      *time.Location
	NewKey    bool // the key file was made just now
}

// registerPath gives the SQLite file of a home.
func (c Config) registerPath() string { return filepath.Join(c.Home, "register", "gehoor.db") }

// keyPath gives the key file.
func (c Config) keyPath() string {
	if c.KeyFile != "" {
		return c.KeyFile
	}
	return filepath.Join(c.Home, "key", "gehoor.key")
}

// Open builds the house at its place. An empty home gets a register and a key; a
// register whose key file is missing or another one is refused, and no key is ever
// made over existing data.
func Open(ctx context.Context, c Config) (h *House, err error) {
	if c.MaxUpload == 0 {
		c.MaxUpload = 25 << 20
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Clock == nil {
		c.Clock = &Clock{}
	}
	h = &House{Config: c}
	if h.Zone, err = time.LoadLocation(Zone); err != nil {
		return nil, err
	}
	if h.Words, err = words.Load(); err != nil {
		return nil, err
	}
	if h.Post, err = outbox.New(c.Mail); err != nil {
		return nil, fmt.Errorf("house: %w", err)
	}
	if err := h.openRegister(ctx); err != nil {
		return nil, err
	}
	h.furnishRooms()
	if err := h.Office.Reindex(ctx); err != nil {
		return nil, errors.Join(err, h.Store.Close())
	}
	return h, nil
}

func (h *House) openRegister(ctx context.Context) (err error) {
	source := h.Database
	if source == "" {
		source = h.registerPath()
		if err := h.placeFor(source); err != nil {
			return err
		}
	}
	if err := h.keyFits(ctx); err != nil {
		return err
	}
	// The store needs the chain key only when it writes; the vault is there by then.
	h.Store, err = store.Open(ctx, source, func(parts ...[]byte) []byte { return h.Vault.ChainMac(parts...) })
	if err != nil {
		return err
	}
	if err := h.openVault(ctx); err != nil {
		return errors.Join(err, h.Store.Close())
	}
	if err := h.importShipped(ctx); err != nil {
		return errors.Join(err, h.Store.Close())
	}
	return nil
}

// placeFor sees that a SQLite register may be opened, or made, at path. A key file
// without its register is a sign of loss: no empty register takes its place unnoticed.
func (h *House) placeFor(path string) error {
	_, err := os.Stat(path)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if h.Existing {
		return fmt.Errorf("house: there is no register at %s: name its folder with --home", path)
	}
	if _, err := os.Stat(h.keyPath()); err == nil {
		return fmt.Errorf("house: there is a key file at %s but no register at %s: put the register back (gehoor restore brings a backup), or move the key file away to begin anew", h.keyPath(), path)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("house: %w", err)
	}
	return nil
}

func (h *House) openVault(ctx context.Context) (err error) {
	h.Vault, err = vault.Load(h.keyPath())
	if errors.Is(err, fs.ErrNotExist) {
		known, lookErr := h.Store.HasKey(ctx)
		if lookErr != nil {
			return lookErr
		}
		if known || h.Existing {
			return h.errNoKey()
		}
		h.Vault, err = vault.Create(h.keyPath())
		h.NewKey = true
	}
	if err != nil {
		return err
	}
	if _, err = h.Store.Recognise(ctx, h.Vault.Check()); errors.Is(err, record.ErrOtherKey) {
		return fmt.Errorf("house: the key file at %s (%s) belongs to another register: %w", h.keyPath(), h.Vault.Fingerprint(), err)
	}
	return err
}

// importShipped puts the shipped procedure files into the register; they are there
// already on every start but the first of a program. What an organisation gave the same id
// and version itself stays as it is.
func (h *House) importShipped(ctx context.Context) error {
	for _, f := range procedure.Shipped() {
		switch err := h.AddProcedure(ctx, f.Text, "gehoor"); {
		case complaint.IsKind(err, complaint.Refused):
			h.Log.Warn("house: a procedure in the register has the id and version of one that comes with gehoor", "procedure", f.Name)
		case err != nil:
			return fmt.Errorf("house: shipped procedure %s: %w", f.Name, err)
		}
	}
	return nil
}

// AddProcedure imports a procedure file. The error is procedure.Mistakes when the
// file is wrong.
func (h *House) AddProcedure(ctx context.Context, text []byte, actor complaint.Actor) error {
	rules, err := procedure.Read(text)
	if err != nil {
		return err
	}
	return h.Store.AddProcedure(ctx, record.ProcedureFile{ID: rules.ID, Version: rules.Version, ValidFrom: rules.ValidFrom.String(),
		SHA256: procedure.Hash(text), Text: text, At: h.Clock.Now(), Actor: actor})
}

func (h *House) furnishRooms() {
	h.People = &personnel.Personnel{Cupboard: h.Store, Passwords: access.NewPasswords(h.Cost, runtime.NumCPU()), Tokens: access.Tokens{}, Index: h.Vault.Index,
		Rules: procedure.Read, Now: h.Clock.Now, Zone: h.Zone, Codes: access.Codes{}, Keys: keySheet{h.Vault}, SealFactor: h.Vault.SealFactor, OpenFactor: h.Vault.OpenFactor}
	sealer := seal.Sealer{Safe: h.Vault, Zone: h.Zone}
	h.Office = &office.Office{
		Cupboard: h.Store, Safe: h.Vault, Sealer: sealer, Press: letter.Press{Words: h.Words}, Logo: h.People.Logo, Rules: procedure.Read,
		Say: func(language, key string, args ...any) string { return h.Words.Speak(language).Say(key, args...) },
		Now: h.Clock.Now, Zone: h.Zone, Log: h.Log, MaxUpload: h.MaxUpload, Sheets: report.Spreadsheet{},
		Mail: h.Post, MailFrom: h.Config.Mail.From,
	}
	h.Inspector = &inspection.Inspector{Sealer: sealer, Still: func(ctx context.Context, look func(inspection.Archive) error) error {
		return h.Store.Still(ctx, func(s *store.Store) error { return look(s) })
	}}
	h.Mailroom = &mailroom.Mailroom{Cupboard: h.Store, Office: h.Office, Open: envelope.Open, Index: h.Vault.Index, Address: h.Office.AddressKey, FindOurs: h.findOurs,
		Now: h.Clock.Now, Zone: h.Zone, Log: h.Log}
}

// findOurs finds the message of ours with a Message-ID.
func (h *House) findOurs(ctx context.Context, messageID string) (mailroom.Ours, bool, error) {
	m, err := h.Store.MessageByToken(ctx, h.Office.MessageToken(messageID))
	if complaint.IsKind(err, complaint.NotFound) {
		return h.findQuestion(ctx, messageID)
	}
	return mailroom.Ours{Dossier: m.Dossier, Letter: m.Letter, SentTo: m.SentTo}, err == nil, err
}

// findQuestion finds what we asked who wrote a mail, or word to an employee.
func (h *House) findQuestion(ctx context.Context, messageID string) (mailroom.Ours, bool, error) {
	n, err := h.Store.NoticeByToken(ctx, h.Office.MessageToken(messageID))
	switch {
	case complaint.IsKind(err, complaint.NotFound):
		return mailroom.Ours{}, false, nil
	case n.Kind != complaint.NoticeAskBack:
		return mailroom.Ours{Dossier: n.Dossier, Notice: n.ID}, err == nil, err
	}
	return mailroom.Ours{Mail: n.Incoming, SentTo: n.SentTo}, err == nil, err
}

// Close closes the house.
func (h *House) Close() error { return h.Store.Close() }
