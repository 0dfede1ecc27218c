package office

import (
	"bytes"
	"context"
	"errors"
	"slices"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// takeAlong fills a second dossier from the one it shares its letter with: who, when,
// how, and the scans. The name is sealed again under the new dossier's own key and shown
// to nobody, so that it is no opening. The second dossier bars nobody of its own accord,
// so that the scans stay where they are when the first one bars anybody: they would show
// that person the complaint about them.
func (o *Office) takeAlong(ctx context.Context, who complaint.Person, in *Intake) error {
	if in.SameSource == "" {
		return nil
	}
	if err := o.prefill(ctx, who, in); err != nil {
		return err
	}
	m, err := o.onTheTable(ctx, who, in.SameSource, complaint.TaskLink)
	if err != nil {
		return err
	}
	bars, err := o.barsAnybody(ctx, m)
	if err != nil || bars {
		return err
	}
	files, err := o.Cupboard.Attachments(ctx, m.ID)
	for _, f := range files {
		if err != nil {
			return err
		}
		var id string
		id, err = o.copyFile(ctx, m.Dossier, in.Draft, f)
		in.Files, in.copied = append(in.Files, id), append(in.copied, id)
	}
	return err
}

// barsAnybody reports whether somebody sees nothing of a dossier.
func (o *Office) barsAnybody(ctx context.Context, m *matter) (bool, error) {
	tokens, err := o.Cupboard.Barred(ctx, m.ID)
	return len(tokens) > 0, err
}

// findSource puts the dossier from the same letter on the table. Scans of it that were
// copied before it barred somebody are left out; the sweep takes them.
func (o *Office) findSource(ctx context.Context, m *matter, in *Intake) (err error) {
	if in.SameSource == "" {
		return nil
	}
	if m.source, err = o.onTheTable(ctx, m.who, in.SameSource, complaint.TaskLink); err != nil || len(in.copied) == 0 {
		return err
	}
	bars, err := o.barsAnybody(ctx, m.source)
	if bars {
		in.Files = slices.DeleteFunc(slices.Clone(in.Files), func(id string) bool { return slices.Contains(in.copied, id) })
	}
	return err
}

// copyFile seals a file anew for another draft.
func (o *Office) copyFile(ctx context.Context, from record.Dossier, to Draft, f record.Attachment) (string, error) {
	name, err := o.Sealer.Open(from, record.FileName, f.ID, f.Name)
	if err != nil {
		return "", err
	}
	var whole bytes.Buffer
	err = o.Cupboard.EachChunk(ctx, f.ID, func(n int, sealed []byte) error {
		plain, err := o.Sealer.OpenChunk(from, f.ID, n, sealed)
		whole.Write(plain)
		return err
	})
	if err != nil {
		return "", err
	}
	kept, err := o.keep(ctx, record.Dossier{Dossier: complaint.Dossier{ID: to.ID}, Keys: to.Keys}, string(name), &whole)
	return kept.ID, err
}

// prefill takes the facts of the first dossier over.
func (o *Office) prefill(ctx context.Context, who complaint.Person, in *Intake) error {
	if in.SameSource == "" {
		return nil
	}
	m, err := o.onTheTable(ctx, who, in.SameSource, complaint.TaskLink)
	if err != nil {
		return err
	}
	if in.Identity, err = o.person(ctx, m); err != nil {
		return err
	}
	rows, err := o.Cupboard.Course(ctx, m.ID)
	if err == nil && len(rows) == 0 {
		err = errors.New("office: a dossier without a course")
	}
	if err != nil {
		return err
	}
	first, err := o.Sealer.OpenEvent(m.Dossier, rows[0], true)
	if err != nil {
		return err
	}
	in.Channel, in.Level, in.Member = m.Channel, m.Level, m.Member
	in.ReceivedOn, in.ReachedOn = m.ReceivedOn, m.ReachedOn
	in.FirstHeard, in.Organisation = complaint.Reveal(first.Sealed[complaint.FirstHeardBy]), complaint.Reveal(first.Sealed[complaint.Organisation])
	return nil
}

// fromOneLetter gives the numbers of the dossiers that came from the letter of this one.
func (o *Office) fromOneLetter(ctx context.Context, m *matter) ([]string, error) {
	numbers := []string{m.source.Number}
	for _, l := range m.source.Links {
		if l.How != complaint.SameSource {
			continue
		}
		d, err := o.Cupboard.Dossier(ctx, l.Dossier, all)
		if err != nil {
			return nil, err
		}
		numbers = append(numbers, d.Number)
	}
	return numbers, nil
}

// linkSource links a new dossier with the one it shares its letter with, both ways.
func linkSource(m *matter, out *outcome) error {
	if m.source == nil {
		return nil
	}
	d := complaint.Replay(m.ID, out.events)
	linked, err := d.LinkTo(m.source.ID, complaint.SameSource, m.scene)
	if err != nil {
		return err
	}
	back, err := m.source.LinkTo(m.ID, complaint.SameSource, m.source.scene)
	out.events, out.also = append(out.events, linked...), &also{m.source, outcome{events: back}}
	return err
}
