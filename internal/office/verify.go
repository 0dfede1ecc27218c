package office

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"strconv"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

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

// Verify replays every dossier and checks the chain: of events, of dossiers, and of
// every identity record, letter and file, all as they stand at one moment: others may
// go on working. progress, when not nil, is told how many
// dossiers of how many were checked.
func (o *Office) Verify(ctx context.Context, progress func(done, all int)) (r Report, err error) {
	defer wrap(&err, "office: verify")
	err = o.Still(ctx, func(still Cupboard) error {
		at := &Office{Cupboard: still, Safe: o.Safe, Press: o.Press, Rules: o.Rules, Say: o.Say, Now: o.Now, Zone: o.Zone, Log: o.Log}
		var err error
		r, err = at.verify(ctx, progress)
		return err
	})
	return r, err
}

func (o *Office) verify(ctx context.Context, progress func(done, all int)) (r Report, err error) {
	numbers, head, err := o.verifyRegister(ctx, &r)
	if err != nil {
		return r, err
	}
	ids, err := o.Cupboard.AuditIDs(ctx)
	if err != nil {
		return r, err
	}
	if err := o.verifyCards(ctx, &r, numbers); err != nil {
		return r, err
	}
	if err := o.verifyMails(ctx, &r, numbers); err != nil {
		return r, err
	}
	known := 0
	for i, id := range ids {
		a, err := o.Cupboard.AuditDossier(ctx, id)
		if ctx.Err() != nil {
			return r, err
		}
		if err != nil { // one unreadable row does not hide the others
			r.Findings = append(r.Findings, Finding{id, numbers[id], fmt.Sprintf("it cannot be read: %v", err)})
			continue
		}
		v := verifier{office: o, audit: a, id: id, number: numbers[id], report: &r}
		if _, known := numbers[id]; !known {
			v.find("the dossier does not stand in the register: it was added, or its line removed")
		}
		if err := v.all(ctx); err != nil {
			return r, err
		}
		known += len(a.Events)
		r.Dossiers++
		if progress != nil {
			progress(i+1, len(ids))
		}
	}
	if int64(known) != head.Events {
		r.Findings = append(r.Findings, Finding{What: fmt.Sprintf("the register should hold %d events, and has %d: the end of a course was cut off or put back", head.Events, known)})
	}
	return r, nil
}

// verifyRegister checks the chain of dossiers and gives the numbers it names.
func (o *Office) verifyRegister(ctx context.Context, r *Report) (map[string]string, record.RegisterHead, error) {
	rows, head, err := o.Cupboard.AuditRegister(ctx)
	if err != nil {
		return nil, head, err
	}
	find := func(id, number, format string, args ...any) {
		r.Findings = append(r.Findings, Finding{id, number, fmt.Sprintf(format, args...)})
	}
	numbers := map[string]string{}
	var previous []byte
	for i, row := range rows {
		numbers[row.Dossier] = row.Number
		if row.Seq != int64(i+1) {
			find(row.Dossier, row.Number, "line %d of the register is missing: a dossier was removed before this one", i+1)
		}
		if !bytes.Equal(row.Mac, o.Cupboard.RegisterMac(previous, row.Seq, row.Dossier, row.Number)) {
			find(row.Dossier, row.Number, "line %d of the register was changed, or the one before it was removed or reordered", row.Seq)
		}
		previous = row.Mac
	}
	switch {
	case head.Seq != int64(len(rows)) || !bytes.Equal(head.Mac, previous):
		find("", "", "the register should end at line %d, and has %d lines: dossiers were removed or added at its end", head.Seq, len(rows))
	case !bytes.Equal(head.Seal, o.Cupboard.HeadSeal(head.Seq, head.Events, head.Mac)):
		find("", "", "the end of the register was changed, or removed")
	}
	return numbers, head, nil
}

// verifier checks one dossier.
type verifier struct {
	office     *Office
	audit      record.Audit
	id, number string
	report     *Report
	state      complaint.Dossier
	events     []complaint.Event
}

func (v *verifier) find(format string, args ...any) {
	v.report.Findings = append(v.report.Findings, Finding{v.id, v.number, fmt.Sprintf(format, args...)})
}

func (v *verifier) all(ctx context.Context) error {
	if !v.audit.Found {
		v.find("the dossier was removed; %d of its events are left", len(v.audit.Events))
		return nil
	}
	v.course()
	v.row()
	v.barred()
	v.identities()
	v.letters()
	v.messages()
	v.textLinks()
	v.reminders()
	return v.attachments(ctx)
}

// course checks the chain of events and replays them.
func (v *verifier) course() {
	var previous []byte
	for i, row := range v.audit.Events {
		v.report.Events++
		if row.Version != i+1 {
			v.find("event %d is missing or out of order: event %d stands in its place", i+1, row.Version)
		}
		if !bytes.Equal(row.Mac, v.office.eventMac(row, previous)) {
			v.find("event %d (%s) was changed, or the one before it was removed or reordered", row.Version, row.Kind)
		}
		previous = row.Mac
		e, err := v.office.openEvent(v.audit.Dossier, row, true)
		if err != nil {
			v.find("event %d (%s) does not open: %v", row.Version, row.Kind, err)
		}
		v.events = append(v.events, e)
	}
	if !bytes.Equal(previous, v.audit.Dossier.LastMac) {
		v.find("the course should end at event %d: events were removed or added at its end", v.audit.Dossier.Version)
	}
	v.state = complaint.Replay(v.id, v.events)
}

// row checks that the dossier's row is what its events lead to.
func (v *verifier) row() {
	d := v.audit.Dossier
	replayed := d
	replayed.Dossier = v.state
	want, err := replayed.Facts()
	have, err2 := d.Facts()
	if err != nil || err2 != nil || !bytes.Equal(want, have) {
		v.find("its state is not what its events lead to")
	}
	if !slices.Equal(d.Columns(), v.audit.Columns) {
		v.find("a column of its row was changed")
	}
	if mac, err := v.office.dossierMac(d); err != nil || !bytes.Equal(mac, d.Mac) {
		v.find("its row was changed")
	}
	if _, err := v.office.title(d); err != nil {
		v.find("its title does not open: %v", err)
	}
}

// barred checks that exactly those see nothing of the dossier whom its events name.
func (v *verifier) barred() {
	want := map[string]bool{}
	bars := complaint.BarredBy(v.events)
	for _, staff := range slices.Concat(bars.Named, bars.Left) {
		want[string(v.office.hidden(staff))] = true
	}
	for _, token := range v.audit.Barred {
		if !want[string(token)] {
			v.find("somebody was barred from it who is not named")
		}
		delete(want, string(token))
	}
	if len(want) > 0 {
		v.find("%d people who may see nothing of it are barred no longer", len(want))
	}
}

// reminders checks that the signals marked as given are those the course records: a
// mark without its event would silence a signal.
func (v *verifier) reminders() {
	given := map[record.Reminder]bool{}
	for _, e := range v.events {
		if e.Kind == complaint.Reminded {
			given[record.Reminder{Occasion: e.Open.Occasion, ForDate: e.Open.ForDate.String()}] = true
		}
	}
	for _, r := range v.audit.Reminded {
		if !given[r] {
			v.find("the signal %s for %s is marked as given, and was not", r.Occasion, r.ForDate)
		}
		delete(given, r)
	}
	for r := range given {
		v.find("the mark of the signal %s for %s was removed", r.Occasion, r.ForDate)
	}
}

func (v *verifier) identities() {
	if len(v.audit.Identities) != v.state.Identities {
		v.find("it should have %d versions of the identity record, and has %d", v.state.Identities, len(v.audit.Identities))
	}
	for i, row := range v.audit.Identities {
		if row.Version != i+1 || !bytes.Equal(row.Mac, v.office.identityMac(row)) {
			v.find("identity record %d was changed", row.Version)
			continue
		}
		if _, err := v.office.open(v.audit.Dossier, record.IdentityRec, strconv.Itoa(row.Version), row.Sealed); err != nil {
			v.find("identity record %d does not open: %v", row.Version, err)
		}
	}
}

// named gives the records that events of a kind name.
func (v *verifier) named(kind complaint.Kind) map[string]complaint.Open {
	named := map[string]complaint.Open{}
	for _, e := range v.events {
		if e.Kind == kind {
			named[e.Open.Record] = e.Open
		}
	}
	return named
}

// lapsed gives the day on which letters lost their meaning while they lay here.
func (v *verifier) lapsed() map[string]calendar.Date {
	waiting, lapsed := map[string]complaint.Paper{}, map[string]calendar.Date{}
	d := complaint.Dossier{ID: v.id}
	for _, e := range v.events {
		d = d.Apply(e)
		switch e.Kind {
		case complaint.LetterMade:
			waiting[e.Open.Record] = complaint.Paper{ID: e.Open.Record, Kind: e.Open.Letter, Channel: e.Open.How, Text: e.Open.TextVersion}
		case complaint.LetterSent:
			delete(waiting, e.Open.Record)
		}
		for id, p := range waiting {
			if d.Lapses(p, e) {
				lapsed[id] = calendar.Of(e.At.In(v.office.Zone))
				delete(waiting, id)
			}
		}
	}
	return lapsed
}

func (v *verifier) letters() {
	made, sent, lapsed := v.named(complaint.LetterMade), v.named(complaint.LetterSent), v.lapsed()
	for _, l := range v.audit.Letters {
		open, ok := made[l.ID]
		delete(made, l.ID)
		switch {
		case !ok:
			v.find("letter %s was added", l.ID)
		case open.Letter != string(l.Kind) || open.How != l.Channel || !bytes.Equal(l.Mac, v.office.letterMac(l)):
			v.find("letter %s (%s) was changed", l.ID, l.Kind)
		case l.Text != open.TextVersion || l.LapsedOn != lapsed[l.ID]:
			v.find("letter %s (%s): whether it still goes out was changed", l.ID, l.Kind)
		case l.SentOn != sent[l.ID].On:
			v.find("letter %s (%s): the day it went out was changed", l.ID, l.Kind)
		}
		if _, err := v.office.open(v.audit.Dossier, record.LetterFacts, l.ID, l.Params); err != nil {
			v.find("letter %s (%s) does not open: %v", l.ID, l.Kind, err)
		}
		v.final(l)
	}
	for id, open := range made {
		v.find("letter %s (%s) was removed", id, open.Letter)
	}
}

// messages checks that the e-mail that waits opens.
func (v *verifier) messages() {
	for _, m := range v.audit.Messages {
		if m.Sealed == nil {
			continue
		}
		if _, err := v.office.openParcel(v.audit.Dossier, m); err != nil {
			v.find("the e-mail of letter %s does not open: %v", m.Letter, err)
		}
	}
}

func (v *verifier) final(l record.Letter) {
	if l.Final == nil {
		if l.FinalMac != nil {
			v.find("the printed bytes of letter %s (%s) were removed", l.ID, l.Kind)
		}
		return
	}
	if !bytes.Equal(l.FinalMac, v.office.finalMac(l.ID, l.Final)) {
		v.find("the printed bytes of letter %s (%s) were changed", l.ID, l.Kind)
		return
	}
	if _, err := v.office.open(v.audit.Dossier, record.LetterFinal, l.ID, l.Final); err != nil {
		v.find("the printed bytes of letter %s (%s) do not open: %v", l.ID, l.Kind, err)
	}
}

func (v *verifier) attachments(ctx context.Context) error {
	added := v.named(complaint.AttachmentAdded)
	for _, f := range v.audit.Attachments {
		if _, ok := added[f.ID]; !ok {
			v.find("file %s was added", f.ID)
		}
		delete(added, f.ID)
		if !bytes.Equal(f.Mac, v.office.attachmentMac(f)) {
			v.find("file %s was changed", f.ID)
		}
		sum := sha256.New()
		next := 0
		err := v.office.Cupboard.EachChunk(ctx, f.ID, func(n int, sealed []byte) error {
			if n != next {
				v.find("piece %d of file %s is missing or out of order", next, f.ID)
			}
			next = n + 1
			sum.Write(sealed)
			return nil
		})
		if err != nil {
			return err
		}
		if !bytes.Equal(sum.Sum(nil), f.SHA256) {
			v.find("the content of file %s was changed", f.ID)
		}
	}
	for id := range added {
		v.find("file %s was removed", id)
	}
	return nil
}
