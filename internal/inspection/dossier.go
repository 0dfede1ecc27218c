package inspection

import (
	"bytes"
	"context"
	"slices"
	"strconv"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// verifier checks one dossier: its course, and what must follow from it.
type verifier struct {
	look
	audit      record.Audit
	id, number string
	state      complaint.Dossier
	events     []complaint.Event
}

func (v *verifier) find(format string, args ...any) { v.look.find(v.id, v.number, format, args...) }

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
		if !bytes.Equal(row.Mac, v.sealer.EventMac(row, previous)) {
			v.find("event %d (%s) was changed, or the one before it was removed or reordered", row.Version, row.Kind)
		}
		previous = row.Mac
		e, err := v.sealer.OpenEvent(v.audit.Dossier, row, true)
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
	if mac, err := v.sealer.DossierMac(d); err != nil || !bytes.Equal(mac, d.Mac) {
		v.find("its row was changed")
	}
	if _, err := v.sealer.Title(d); err != nil {
		v.find("its title does not open: %v", err)
	}
}

// barred checks that exactly those see nothing of the dossier whom its events name.
func (v *verifier) barred() {
	want := map[string]bool{}
	bars := complaint.BarredBy(v.events)
	for _, staff := range slices.Concat(bars.Named, bars.Left) {
		want[string(v.sealer.Hidden(staff))] = true
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
		if row.Version != i+1 || !bytes.Equal(row.Mac, v.sealer.IdentityMac(row)) {
			v.find("identity record %d was changed", row.Version)
			continue
		}
		if _, err := v.sealer.Open(v.audit.Dossier, record.IdentityRec, strconv.Itoa(row.Version), row.Sealed); err != nil {
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
