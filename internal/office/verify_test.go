package office_test

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
)

// tampering is what somebody with an SQL tool does, and what verify must name.
var tampering = map[string]struct {
	sql  []string
	want string
}{
	"event changed":               {[]string{`UPDATE event SET open = replace(open, '2026-11-03', '2026-11-04') WHERE dossier = '$A' AND version = 1`}, "event 1 (received) was changed"},
	"event's texts swapped":       {[]string{`UPDATE event SET sealed = (SELECT sealed FROM event WHERE dossier = '$B' AND version = 1) WHERE dossier = '$A' AND version = 1`}, "event 1 (received) was changed"},
	"event's actor changed":       {[]string{`UPDATE event SET actor = 'someone' WHERE dossier = '$A' AND version = 2`}, "event 2 (identity_changed) was changed"},
	"event's moment changed":      {[]string{`UPDATE event SET at = at + 1 WHERE dossier = '$A' AND version = 2`}, "event 2 (identity_changed) was changed"},
	"event removed":               {[]string{`DELETE FROM event WHERE dossier = '$A' AND version = 3`}, "event 3 is missing or out of order"},
	"last event removed":          {[]string{`DELETE FROM event WHERE dossier = '$A' AND version = (SELECT max(version) FROM event WHERE dossier = '$A')`}, "the course should end at event"},
	"event added":                 {[]string{`INSERT INTO event (dossier, version, kind, at, actor, open, mac) SELECT dossier, 99, kind, at, actor, open, mac FROM event WHERE dossier = '$A' AND version = 3`}, "event 99"},
	"events reordered":            {[]string{`UPDATE event SET version = 1002 WHERE dossier = '$A' AND version = 2`, `UPDATE event SET version = 2 WHERE dossier = '$A' AND version = 3`, `UPDATE event SET version = 3 WHERE dossier = '$A' AND version = 1002`}, "was changed, or the one before it was removed or reordered"},
	"state changed":               {[]string{`UPDATE dossier SET state = replace(state, '"member":"yes"', '"member":"no"') WHERE id = '$A'`}, "its state is not what its events lead to"},
	"column changed":              {[]string{`UPDATE dossier SET due_on = '2027-01-01' WHERE id = '$A'`}, "a column of its row was changed"},
	"title swapped":               {[]string{`UPDATE dossier SET title = (SELECT title FROM dossier WHERE id = '$B') WHERE id = '$A'`}, "its title does not open"},
	"dossier removed":             {[]string{`DELETE FROM chunk`, `DELETE FROM attachment WHERE dossier = '$A'`, `DELETE FROM reminded`, `DELETE FROM person_index`, `DELETE FROM barred`, `DELETE FROM letter WHERE dossier = '$A'`, `DELETE FROM identity WHERE dossier = '$A'`, `DELETE FROM event WHERE dossier = '$A'`, `DELETE FROM dossier WHERE id = '$A'`}, "the dossier was removed"},
	"dossier and line removed":    {[]string{`DELETE FROM register WHERE dossier = '$A'`}, "line 1 of the register is missing"},
	"last line of the register":   {[]string{`DELETE FROM register WHERE seq = (SELECT max(seq) FROM register)`}, "the register should end at line"},
	"register line changed":       {[]string{`UPDATE register SET number = '2026-000' WHERE dossier = '$A'`}, "line 1 of the register was changed"},
	"identity altered":            {[]string{`UPDATE identity SET sealed = (SELECT sealed FROM identity WHERE dossier = '$B') WHERE dossier = '$A'`}, "identity record 1 was changed"},
	"identity removed":            {[]string{`DELETE FROM identity WHERE dossier = '$A'`}, "it should have 1 versions of the identity record, and has 0"},
	"letter altered":              {[]string{`UPDATE letter SET params = (SELECT params FROM letter WHERE dossier = '$B') WHERE dossier = '$A'`}, "(acknowledgement) was changed"},
	"letter removed":              {[]string{`DELETE FROM letter WHERE dossier = '$A'`}, "(acknowledgement) was removed"},
	"letter's day changed":        {[]string{`UPDATE letter SET sent_on = '2026-11-05' WHERE dossier = '$A'`}, "the day it went out was changed"},
	"letter put aside":            {[]string{`UPDATE letter SET lapsed_on = '2026-11-05' WHERE dossier = '$A'`}, "whether it still goes out was changed"},
	"letter's text changed":       {[]string{`UPDATE letter SET text_version = 7 WHERE dossier = '$A'`}, "(acknowledgement) was changed"},
	"printed letter altered":      {[]string{`UPDATE letter SET final = (SELECT final FROM letter WHERE dossier = '$B') WHERE dossier = '$A'`}, "the printed bytes of letter"},
	"barring removed":             {[]string{`DELETE FROM barred`}, "1 people who may see nothing of it are barred no longer"},
	"somebody barred":             {[]string{`INSERT INTO barred (dossier, token) VALUES ('$B', $X)`}, "somebody was barred from it who is not named"},
	"version changed":             {[]string{`UPDATE dossier SET version = version + 1 WHERE id = '$A'`}, "a column of its row was changed"},
	"course cut off and put back": {[]string{`DELETE FROM event WHERE dossier = '$B' AND version = (SELECT max(version) FROM event WHERE dossier = '$B')`}, "the register should hold"},
	"everything removed":          {[]string{`DELETE FROM chunk`, `DELETE FROM attachment`, `DELETE FROM reminded`, `DELETE FROM person_index`, `DELETE FROM barred`, `DELETE FROM letter`, `DELETE FROM identity`, `DELETE FROM event`, `DELETE FROM register`, `DELETE FROM dossier`, `DELETE FROM register_head`}, "the end of the register was changed, or removed"},
	"a signal silenced":           {[]string{`INSERT INTO reminded (dossier, occasion, for_date) VALUES ('$A', 'overdue', '2026-11-17')`}, "is marked as given, and was not"},
	"letter's maker changed":      {[]string{`UPDATE letter SET made_by = 'someone' WHERE dossier = '$A'`}, "(acknowledgement) was changed"},
	"unreadable day":              {[]string{`UPDATE letter SET sent_on = 'x' WHERE dossier = '$A'`}, "it cannot be read"},
	"pieces renumbered":           {[]string{`UPDATE chunk SET n = n + 7`}, "piece 0 of file"},
	"file altered":                {[]string{`UPDATE chunk SET sealed = $X`}, "the content of file"},
	"file's row altered":          {[]string{`UPDATE attachment SET type = 'text/plain' WHERE dossier = '$A'`}, "was changed"},
	"card's day changed":          {[]string{`UPDATE quick_card SET due_on = '2027-01-01'`}, "quick card: it was changed"},
	"card closed":                 {[]string{`UPDATE quick_card SET state = 'no_complaint', reason = 'question', closed_on = '2026-11-04'`}, "quick card: it was changed"},
	"card altered":                {[]string{`UPDATE quick_card SET sealed = $X`}, "quick card: its content was changed"},
	"card shown to who is named":  {[]string{`DELETE FROM quick_card_barred`}, "quick card: it was changed, or who may see it"},
	"file removed":                {[]string{`DELETE FROM chunk`, `DELETE FROM attachment WHERE dossier = '$A'`}, "was removed"},
}

// TestVerifyNamesWhatWasTamperedWith changes the register with an SQL tool, one way at
// a time.
func TestVerifyNamesWhatWasTamperedWith(t *testing.T) {
	for name, c := range tampering {
		t.Run(name, func(t *testing.T) {
			housetest.Each(t, func(t *testing.T, h *house.House) {
				b := bench{h, t}
				a, other := twoDossiers(b)
				verifies(b)
				tamper(t, h, a, other, c.sql)
				r, err := h.Inspector.Verify(t.Context(), nil)
				b.must(err)
				var all []string
				for _, f := range r.Findings {
					all = append(all, f.String())
				}
				if !strings.Contains(strings.Join(all, "\n"), c.want) {
					t.Errorf("want %q, found:\n%s", c.want, strings.Join(all, "\n"))
				}
			})
		})
	}
}

// twoDossiers makes two letters with a printed acknowledgement; the first has a scan.
func twoDossiers(b bench) (first, second string) {
	b.t.Helper()
	jorien := b.who("Jorien Tasselaar")
	b.at("2026-11-02")
	b.card("Jorien Tasselaar", complaint.CardNote{Name: "Dirk Ottolander", Number: "06-00000086", Concerned: []complaint.Actor{b.who("Pim Haverdonk").ID}})
	var ids []string
	for i := range 2 {
		in := b.intake(complaint.Post, b.at("2026-11-03"))
		in.Identity.Email = ""
		if i == 0 {
			kept, err := b.Office.Keep(b.t.Context(), jorien, in.Draft, "scan.pdf", strings.NewReader("%PDF-1.7 scan"))
			b.must(err)
			in.Files, in.ConcernedStaff = []string{kept.ID}, []complaint.Actor{b.who("Pim Haverdonk").ID}
		}
		f := b.receive("Jorien Tasselaar", in)
		_, err := b.Office.PrintLetter(b.t.Context(), jorien, b.view("Jorien Tasselaar", f.Dossier).Letters[0].ID)
		b.must(err)
		ids = append(ids, f.Dossier)
	}
	return ids[0], ids[1]
}

// tamper runs statements on the database behind gehoor's back, constraints off.
func tamper(t *testing.T, h *house.House, a, other string, statements []string) {
	t.Helper()
	driver, source, blob := "sqlite", filepath.Join(h.Home, "register", "gehoor.db"), `x'00'`
	if h.Database != "" {
		driver, source, blob = "pgx", h.Database, `'\x00'::bytea`
		statements = append([]string{`SET session_replication_role = replica`}, statements...)
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	for _, s := range statements {
		s = strings.NewReplacer("$A", a, "$B", other, "$X", blob).Replace(s)
		if _, err := db.ExecContext(t.Context(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}
