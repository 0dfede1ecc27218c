// Package inspection goes through the whole register and names what does not fit: what was
// changed, added, removed or put elsewhere by another hand than gehoor's.
package inspection

import (
	"bytes"
	"context"
	"fmt"

	"gehoor/internal/record"
	"gehoor/internal/seal"
)

// Archive is the register, every row of it.
type Archive interface {
	AuditIDs(ctx context.Context) ([]string, error)
	AuditRegister(ctx context.Context) (list []record.RegisterRow, head record.RegisterHead, err error)
	AuditDossier(ctx context.Context, id string) (record.Audit, error)
	AuditIncoming(ctx context.Context) ([]record.Incoming, error)
	AuditCards(ctx context.Context) ([]record.Card, error)
	EachChunk(ctx context.Context, id string, each func(n int, sealed []byte) error) error
	RegisterMac(previous []byte, seq int64, id, number string) []byte
	HeadSeal(seq, events int64, mac []byte) []byte
}

// Inspector verifies the register.
type Inspector struct {
	Sealer seal.Sealer
	// Still gives a view of the register at one moment: others may go on working.
	Still func(ctx context.Context, look func(Archive) error) error
}

// Finding is something that does not fit: a row was changed, added, removed or
// reordered by another hand than gehoor's.
type Finding struct {
	Dossier string // id
	Number  string // when it is known
	What    string // in English, for the administrator
}

// String gives one line.
func (f Finding) String() string {
	name := f.Number
	if name == "" {
		name = f.Dossier
	}
	if name == "" {
		name = "register"
	}
	return name + ": " + f.What
}

// Report is the result of Verify.
type Report struct {
	Dossiers int
	Events   int
	Findings []Finding
}

// Verify replays every dossier and checks the chain: of events, of dossiers, and of every
// identity record, letter and file, all as they stand at one moment. progress, when not nil,
// is told how many dossiers of how many were checked.
func (i *Inspector) Verify(ctx context.Context, progress func(done, all int)) (r Report, err error) {
	err = i.Still(ctx, func(still Archive) error {
		return look{archive: still, sealer: i.Sealer, report: &r, numbers: map[string]string{}}.all(ctx, progress)
	})
	if err != nil {
		err = fmt.Errorf("inspection: verify: %w", err)
	}
	return r, err
}

// look is one inspection.
type look struct {
	archive Archive
	sealer  seal.Sealer
	report  *Report
	numbers map[string]string // by id: those that the chain of dossiers names
}

func (l look) find(dossier, number, format string, args ...any) {
	l.report.Findings = append(l.report.Findings, Finding{dossier, number, fmt.Sprintf(format, args...)})
}

func (l look) all(ctx context.Context, progress func(done, all int)) error {
	head, err := l.register(ctx)
	if err != nil {
		return err
	}
	ids, err := l.archive.AuditIDs(ctx)
	if err != nil {
		return err
	}
	if err := l.cards(ctx); err != nil {
		return err
	}
	if err := l.mails(ctx); err != nil {
		return err
	}
	for n, id := range ids {
		if err := l.dossier(ctx, id); err != nil {
			return err
		}
		if progress != nil {
			progress(n+1, len(ids))
		}
	}
	if int64(l.report.Events) != head.Events {
		l.find("", "", "the register should hold %d events, and has %d: the end of a course was cut off or put back", head.Events, l.report.Events)
	}
	return nil
}

// dossier checks one dossier. One unreadable row does not hide the others.
func (l look) dossier(ctx context.Context, id string) error {
	a, err := l.archive.AuditDossier(ctx, id)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		l.find(id, l.numbers[id], "it cannot be read: %v", err)
		return nil
	}
	l.report.Dossiers++
	v := verifier{look: l, audit: a, id: id, number: l.numbers[id]}
	if _, known := l.numbers[id]; !known {
		v.find("the dossier does not stand in the register: it was added, or its line removed")
	}
	return v.all(ctx)
}

// register checks the chain of dossiers, and notes the numbers that it names.
func (l look) register(ctx context.Context) (record.RegisterHead, error) {
	rows, head, err := l.archive.AuditRegister(ctx)
	if err != nil {
		return head, err
	}
	var previous []byte
	for i, row := range rows {
		l.numbers[row.Dossier] = row.Number
		if row.Seq != int64(i+1) {
			l.find(row.Dossier, row.Number, "line %d of the register is missing: a dossier was removed before this one", i+1)
		}
		if !bytes.Equal(row.Mac, l.archive.RegisterMac(previous, row.Seq, row.Dossier, row.Number)) {
			l.find(row.Dossier, row.Number, "line %d of the register was changed, or the one before it was removed or reordered", row.Seq)
		}
		previous = row.Mac
	}
	switch {
	case head.Seq != int64(len(rows)) || !bytes.Equal(head.Mac, previous):
		l.find("", "", "the register should end at line %d, and has %d lines: dossiers were removed or added at its end", head.Seq, len(rows))
	case !bytes.Equal(head.Seal, l.archive.HeadSeal(head.Seq, head.Events, head.Mac)):
		l.find("", "", "the end of the register was changed, or removed")
	}
	return head, nil
}
