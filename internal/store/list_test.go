package store

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// put writes a dossier that came in on a day, changed as asked.
func (s *Store) putDossier(t *testing.T, id, on string, change func(*complaint.Dossier)) {
	t.Helper()
	c := filed(id, "2026-"+id, "")
	c.Dossier.ReceivedOn = calendar.MustParse(on)
	change(&c.Dossier.Dossier)
	if err := s.Write(t.Context(), c); err != nil {
		t.Fatal(err)
	}
}

func closed(d *complaint.Dossier) {
	d.State, d.ClosedOn = complaint.IsClosed, d.ReceivedOn.AddDays(3)
}

// TestEveryWayOfSeeingIsOneList pages, one dossier at a time, through what somebody sees
// in several ways at once: as handler, as second reader, overdue, and taken in.
func TestEveryWayOfSeeingIsOneList(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		of := func(handler, by, reader complaint.Actor, due string, more ...func(*complaint.Dossier)) func(*complaint.Dossier) {
			return func(d *complaint.Dossier) {
				d.Handler, d.ReceivedBy, d.SecondReader, d.DueOn = handler, by, reader, calendar.MustParse(due)
				for _, change := range more {
					change(d)
				}
			}
		}
		const late, early = "2026-10-01", "2027-01-01"
		s.putDossier(t, "001", "2026-01-01", of("ankie", "jorien", "", late, closed))
		s.putDossier(t, "002", "2026-02-01", of("hedwig", "jorien", "", late))              // overdue
		s.putDossier(t, "003", "2026-02-01", of("hedwig", "jorien", "ankie", late))         // overdue, and she reads along
		s.putDossier(t, "004", "2026-03-01", of("hedwig", "jorien", "ankie", early))        // she reads along
		s.putDossier(t, "005", "2026-04-01", of("hedwig", "jorien", "ankie", late, closed)) // neither any more
		s.putDossier(t, "006", "2026-05-01", of("hedwig", "ankie", "", early, closed))      // she took it in
		s.putDossier(t, "007", "2026-06-01", of("hedwig", "jorien", "", early))
		s.putDossier(t, "008", "2026-07-01", of("rutger", "jorien", "", early, func(d *complaint.Dossier) { d.Department = "d1" }))
		s.putDossier(t, "009", "2026-07-01", of("rutger", "jorien", "", early, func(d *complaint.Dossier) { d.Department = "d2" }))
		sight := complaint.Sight{Person: "ankie", Overdue: calendar.MustParse("2026-11-24"), TookIn: true, Hidden: []byte{1},
			StandsFor: []complaint.Stand{{For: "rutger", Department: "d1"}}}
		for _, c := range []struct {
			filter record.Filter
			want   []string
		}{
			{record.Filter{}, []string{"008", "006", "004", "003", "002", "001"}},
			{record.Filter{Group: record.GroupClosed}, []string{"006", "001"}},
			{record.Filter{Group: record.GroupRetention, Before: calendar.MustParse("2026-03-01")}, []string{"001"}},
			{record.Filter{Year: 2025}, nil},
			{record.Filter{Number: "2026-00"}, []string{"008", "006", "004", "003", "002", "001"}},
			{record.Filter{Handler: "me"}, []string{"001"}},
		} {
			var got []string
			c.filter.Limit = 1
			for page := 0; page < 20; page++ {
				list, next, err := s.List(t.Context(), sight, c.filter)
				if err != nil {
					t.Fatal(err)
				}
				for _, d := range list {
					got = append(got, d.ID)
				}
				if c.filter.After = next; next == "" {
					break
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%+v: %v, want %v", c.filter, got, c.want)
			}
		}
	})
}

func TestBeginningOfANumber(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		all := []string{"2025-999", "2026-000", "2026-001", "2026-0010", "2026-009", "2026-0099", "2026-010", "2026-099", "2026-1", "2026-999", "2027-000"}
		for i, number := range all {
			s.putDossier(t, fmt.Sprintf("%03d", i), "2026-01-01", func(d *complaint.Dossier) { d.Number = number })
		}
		for _, beginning := range []string{"2", "202", "2026", "2026-", "2026-0", "2026-00", "2026-009", "2026-0099", "2026-99", "2026-9", "2026-x", "9999", "é", "2é26-0"} {
			var want []string
			for _, number := range all {
				if strings.HasPrefix(number, beginning) {
					want = append(want, number)
				}
			}
			list, _, err := s.List(t.Context(), complaint.Sight{All: true, Hidden: []byte{}}, record.Filter{Number: beginning})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, d := range list {
				got = append(got, d.Number)
			}
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("%q: %v, want %v", beginning, got, want)
			}
		}
	})
}

// TestListsUseTheirIndexes asks SQLite how it would look for every list of everybody:
// what is closed is never gone through to find what is open, and the register of who
// sees little is not looked for through all of it.
func TestListsUseTheirIndexes(t *testing.T) {
	s := shared(t, t.TempDir()+"/gehoor.db")
	today := calendar.MustParse("2026-11-24")
	for name, sight := range map[string]complaint.Sight{
		"helpdesk": {Person: "jorien", All: true, Hidden: []byte{1}},
		"manager":  {Person: "hedwig", StandsFor: []complaint.Stand{{For: "rutger", Department: "d"}}, Hidden: []byte{1}},
		"director": {Person: "ankie", Overdue: today, Hidden: []byte{1}},
		"fallback": {Person: "bram", TookIn: true, Hidden: []byte{1}},
	} {
		for _, group := range []string{"", record.GroupOpen, record.GroupLate, record.GroupSoon, record.GroupUnconfirmed, record.GroupExtended, record.GroupClosed, record.GroupRetention} {
			for _, after := range []string{"", "2026-01-01|x"} {
				var a args
				q, byWork := listSQL(sight, record.Filter{Group: group, Today: today, Soon: today, Before: today, Limit: 50, After: after}, &a)
				rows, err := s.readDB.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+q, a...)
				if err != nil {
					t.Fatal(err)
				}
				for rows.Next() {
					var id, parent, unused int
					var line string
					if err := rows.Scan(&id, &parent, &unused, &line); err != nil {
						t.Fatal(err)
					}
					all, work := strings.HasPrefix(line, "SCAN d"), strings.Contains(line, "INDEX dossier_work")
					register := strings.Contains(line, "INDEX dossier_register") // in its order, to the end of the page
					if all && !work && !(sight.All && register && !byWork) || register && !sight.All || all && work && !byWork && sight.All {
						t.Errorf("%s, group %q, after %q: %s\n%s", name, group, after, line, q)
					}
				}
				if err := rows.Err(); err != nil {
					t.Error(err)
				}
				rows.Close()
			}
		}
	}
}

// TestPostRoomUsesItsIndexes: what is closed, sent or settled stands in none of its lists,
// and no query goes through it: only through what waits, what was sent since a moment, and
// the dossiers to which something came back.
func TestPostRoomUsesItsIndexes(t *testing.T) {
	s := shared(t, t.TempDir()+"/gehoor.db")
	sight, mails, now := complaint.Sight{All: true, Hidden: []byte{1}}, complaint.MailSight{All: true, Hidden: []byte{1}}, time.Now()
	day := calendar.MustParse("2026-10-01")
	for name, x := range map[string]struct {
		sql   func(a *args) string
		first string // what the query begins with
	}{
		"letters": {func(a *args) string { return waitingSQL(sight, record.Waiting{Channel: "post", Limit: 100}, a) }, "letter_waiting"},
		"the next page": {func(a *args) string {
			return waitingSQL(sight, record.Waiting{Channel: "post", Limit: 100, After: "5|x"}, a)
		}, "letter_waiting"},
		"their number":    {func(a *args) string { return countWaitingSQL(sight, a) }, "letter_waiting"},
		"sent today":      {func(a *args) string { return sentSQL(sight, now, 100, a) }, "message_sent"},
		"came back":       {func(a *args) string { return returnedSQL(sight, record.Recent{ReceivedFrom: day, ClosedFrom: day}, a) }, "dossier_came_back"},
		"questions":       {func(a *args) string { return questionsSQL(mails, now, 100, a) }, "notice_incoming"},
		"mail that waits": {func(a *args) string { return countIncomingSQL(mails, a) }, "incoming_waits"},
	} {
		var a args
		q := x.sql(&a)
		rows, err := s.readDB.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+q, a...)
		plan, err := collect(rows, err, func(r *sql.Rows) (line string, err error) {
			var n int
			return line, r.Scan(&n, &n, &n, &line)
		})
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range plan {
			if begins := strings.Contains(line, x.first); i == 0 && !begins || i > 0 && strings.HasPrefix(line, "SCAN") {
				t.Errorf("%s goes through too much: %s\n%s", name, line, strings.Join(plan, "\n"))
			}
		}
	}
}
