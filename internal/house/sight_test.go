package house_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// everything is what stands in the register, read without anybody's eyes.
type everything struct {
	dossiers map[string]record.Dossier
	barred   map[string][][]byte
	letters  map[string][]record.Letter
	files    map[string][]record.Attachment
	lines    map[string]int
}

// TestSQLSeesWhatTheLawSays compares, for every person and dossier of the furnished
// house, what the register shows with what MayRead says: dossiers, counts, letters,
// files, log lines and exports; also on a day on which a deputy stands in.
func TestSQLSeesWhatTheLawSays(t *testing.T) {
	h := housetest.New(t)
	all := readEverything(t, h)
	shown, asDeputy, barredSomewhere := map[complaint.Reading]int{}, 0, 0
	for _, days := range []int{0, 7} {
		h.Clock.Set(housetest.TestDay.AddDate(0, 0, days))
		staff, err := h.Store.Staff(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range staff {
			p, err := h.People.Person(t.Context(), s)
			if err != nil {
				t.Fatal(err)
			}
			e := eyes{t: t, h: h, all: all, name: s.Name, who: p, sight: complaint.See(p, h.Vault.Index("barred", string(p.ID)), h.Office.Today())}
			e.judge()
			for id, r := range e.reads {
				shown[r]++
				if d := all.dossiers[id]; r == complaint.ReadsText && d.Handler != p.ID && slices.Contains(p.StandsFor, complaint.Stand{Department: d.Department, For: d.Handler}) {
					asDeputy++
				}
			}
			barredSomewhere += e.barred
			e.dossiersAndCounts()
			e.papers()
			e.export()
		}
	}
	if barredSomewhere == 0 || asDeputy == 0 || shown[complaint.ReadsNothing] == 0 || shown[complaint.ReadsOpen] == 0 || shown[complaint.ReadsText] == 0 {
		t.Errorf("the furnished house does not show every case: %v, %d as deputy, %d barred", shown, asDeputy, barredSomewhere)
	}
}

func readEverything(t *testing.T, h *house.House) everything {
	t.Helper()
	ctx, sight := t.Context(), complaint.Sight{All: true}
	x := everything{map[string]record.Dossier{}, map[string][][]byte{}, map[string][]record.Letter{}, map[string][]record.Attachment{}, map[string]int{}}
	ids, err := h.Store.AuditIDs(ctx)
	for _, id := range ids {
		a, err2 := h.Store.AuditDossier(ctx, id)
		lines, err3 := h.Store.Logbook(ctx, id, sight)
		x.dossiers[id], x.barred[id], x.letters[id], x.files[id], x.lines[id] = a.Dossier, a.Barred, a.Letters, a.Attachments, len(lines)
		err = errors.Join(err, err2, err3)
	}
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// eyes are one person's, on one day.
type eyes struct {
	t      *testing.T
	h      *house.House
	all    everything
	name   string
	who    complaint.Person
	sight  complaint.Sight
	reads  map[string]complaint.Reading // what the law says of each dossier
	barred int
}

func (e *eyes) judge() {
	e.reads = map[string]complaint.Reading{}
	for id, d := range e.all.dossiers {
		barred := slices.ContainsFunc(e.all.barred[id], func(x []byte) bool { return bytes.Equal(x, e.sight.Hidden) })
		if barred {
			e.barred++
		}
		e.reads[id] = complaint.MayRead(e.who, d.Dossier, barred, e.h.Office.Today())
	}
}

// seen gives the numbers of the dossiers that the law shows and a test picks.
func (e *eyes) seen(pick func(complaint.Dossier) bool) []string {
	var numbers []string
	for id, r := range e.reads {
		if d := e.all.dossiers[id].Dossier; r > complaint.ReadsNothing && pick(d) {
			numbers = append(numbers, d.Number)
		}
	}
	slices.Sort(numbers)
	return numbers
}

func (e *eyes) compare(what string, got, want any) {
	e.t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		e.t.Errorf("%s, %s (-law +register):\n%s", e.name, what, diff)
	}
}

func (e *eyes) check(err error) {
	e.t.Helper()
	if err != nil {
		e.t.Fatal(err)
	}
}

func whichever(complaint.Dossier) bool { return true }

func (e *eyes) dossiersAndCounts() {
	ctx, today := e.t.Context(), e.h.Office.Today()
	list := func(group string) []string {
		var numbers []string
		for after := ""; ; {
			f := record.Filter{Group: group, Today: today, Soon: today.AddDays(3), Limit: 7, After: after}
			lines, next, err := e.h.Store.List(ctx, e.sight, f)
			e.check(err)
			for _, d := range lines {
				numbers = append(numbers, d.Number)
			}
			if after = next; after == "" {
				slices.Sort(numbers)
				return numbers
			}
		}
	}
	groups := map[string]func(complaint.Dossier) bool{
		"":                      whichever,
		record.GroupOpen:        func(d complaint.Dossier) bool { return d.State.IsOpen() },
		record.GroupClosed:      func(d complaint.Dossier) bool { return !d.State.IsOpen() },
		record.GroupLate:        func(d complaint.Dossier) bool { return d.IsOverdue(today) },
		record.GroupUnconfirmed: func(d complaint.Dossier) bool { return d.State.IsUnconfirmed() },
		record.GroupExtended:    func(d complaint.Dossier) bool { return d.State.IsRunning() && d.DueOn != d.OriginalDueOn },
		record.GroupSoon: func(d complaint.Dossier) bool {
			return d.State.IsRunning() && !d.DueOn.Before(today) && !d.TargetOn.After(today.AddDays(3))
		},
	}
	for group, pick := range groups {
		e.compare("list "+group, list(group), e.seen(pick))
	}
	got, err := e.h.Store.Count(ctx, e.sight, record.Filter{Today: today, Soon: today.AddDays(3)})
	e.check(err)
	n := func(group string) int { return len(e.seen(groups[group])) }
	e.compare("counts", got, record.Counts{Open: n(record.GroupOpen), Late: n(record.GroupLate), Soon: n(record.GroupSoon),
		Unconfirmed: n(record.GroupUnconfirmed), Extended: n(record.GroupExtended)})
	for id, r := range e.reads {
		_, err := e.h.Store.Dossier(ctx, id, e.sight)
		e.found("by id", id, r, err)
	}
}

// found checks that what the law hides is not found, and the rest is.
func (e *eyes) found(what, id string, r complaint.Reading, err error) {
	e.t.Helper()
	if err != nil && !complaint.IsKind(err, complaint.NotFound) {
		e.t.Fatal(err)
	}
	if (err == nil) != (r > complaint.ReadsNothing) {
		e.t.Errorf("%s, %s of %s: %v, the law says %v", e.name, what, e.all.dossiers[id].Number, err, r)
	}
}

func (e *eyes) papers() {
	ctx := e.t.Context()
	waiting := map[string][]string{}
	for id, r := range e.reads {
		for _, l := range e.all.letters[id] {
			_, err := e.h.Store.Letter(ctx, l.ID, e.sight)
			e.found("a letter", id, r, err)
			if l.SentOn.IsZero() && r > complaint.ReadsNothing {
				waiting[l.Channel] = append(waiting[l.Channel], l.ID)
			}
		}
		for _, f := range e.all.files[id] {
			_, err := e.h.Store.Attachment(ctx, f.ID, e.sight)
			e.found("a file", id, r, err)
		}
		lines, err := e.h.Store.Logbook(ctx, id, e.sight)
		e.check(err)
		if want := e.all.lines[id]; r == complaint.ReadsNothing && len(lines) > 0 || r > complaint.ReadsNothing && len(lines) < want {
			e.t.Errorf("%s reads %d of %d log lines of %s, the law says %v", e.name, len(lines), want, e.all.dossiers[id].Number, r)
		}
	}
	total := 0
	for _, channel := range []string{complaint.HowPost, complaint.HowEmail} {
		pieces, _, err := e.h.Store.Waiting(ctx, e.sight, record.Waiting{Channel: channel, Limit: 500})
		e.check(err)
		var got []string
		for _, p := range pieces {
			got = append(got, p.Letter.ID)
		}
		slices.Sort(got)
		slices.Sort(waiting[channel])
		e.compare("letters that wait, "+channel, got, waiting[channel])
		total += len(got)
	}
	n, err := e.h.Store.CountWaiting(ctx, e.sight)
	e.check(err)
	e.compare("how many letters wait", n, total)
}

func (e *eyes) export() {
	var out bytes.Buffer
	x := office.Export{As: office.AsCSV, Header: []string{"number"}, Row: func(d complaint.Dossier) []interface{} { return []interface{}{d.Number} }}
	err := e.h.Office.Export(context.Background(), e.who, x, &out)
	if !office.MayExport(e.who) {
		if !complaint.IsKind(err, complaint.Refused) || out.Len() > 0 {
			e.t.Errorf("%s takes %d bytes along: %v", e.name, out.Len(), err)
		}
		return
	}
	e.check(err)
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(out.Bytes(), []byte("\ufeff"))))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = ';', -1, true
	rows, err := r.ReadAll()
	e.check(err)
	var got []string
	for _, row := range rows[1:] {
		got = append(got, row[0])
	}
	slices.Sort(got)
	e.compare("export", got, e.seen(whichever))
}
