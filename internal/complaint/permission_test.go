package complaint

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"gehoor/internal/calendar"
)

// tasksOf lists every task that permission.go names.
func tasksOf(t *testing.T) []Task {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "permission.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var all []Task
	ast.Inspect(file, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok && v.Type != nil {
			if id, ok := v.Type.(*ast.Ident); ok && id.Name == "Task" {
				all = append(all, Task(strings.Trim(v.Values[0].(*ast.BasicLit).Value, `"`)))
			}
		}
		return true
	})
	return all
}

// TestPermissionTable is the table of procedure.md, written out by hand: who may do
// what. Columns: helpdesk, handler, other manager, director, director when overdue,
// quality, administrator, complainant, reader of the one text.
func TestPermissionTable(t *testing.T) {
	const oracle = `
		receive            x - - - - - - - -
		complain           - - - - - - - x x
		take_up            x - - - - - - - -
		card               x - - - - - - - -
		word               x - - - - - - - -
		send               x - - - - - - - -
		remind             x - - - - - - - -
		correct            x - - - - - - x x
		confirm            x - - - - - - x x
		close_unconfirmed  x - - - - - - - -
		post_letter        x - - - - - - - -
		read_text          - - - - - - - x x
		follow             - - - - - - - x -
		read               x x - - x - - - -
		read_open          x x - - x x - - -
		open_identity      x x - - - - - - -
		original           x x - - - - - - -
		forward            x - - - x - - - -
		extend             - x - - - - - - -
		answer             - x - - - - - - -
		settle             x x - - - - - x -
		send_answer        x x - - - - - - -
		take_back_answer   - x - - - - - - -
		close              x x - - - - - - -
		withdraw           x x - - - - - x -
		pass_on            x x - - - - - - -
		not_accept         x x - - - - - - -
		resolve            x x - - - - - - -
		note               x x - - - - - - -
		contact            x x - - - - - x -
		act                x x - - - - - - -
		talk               x x - - - - - - -
		supplement         x x - - - - - - -
		identity           x x - - - - - x -
		step_out           x x - - - - - - -
		attach             x x - - - - - x -
		name_employee      x x - - - - - - -
		logbook            x x - - x - - - -
		hand_over          x - - - - - - - -
		step_aside         - x - - - - - - -
		clear_employee     - - - x x - - - -
		put_before         - x - - - - - - -
		ask_reader         - x - - - - - - -
		read_along         - - - - - - - - -
		dispute            x x - - - - - - -
		level              x x - - - - - - -
		deputy             x x - - - - - - -
		revoke_reader      x - - - - - - - -
		replace_code       x x - - - - - - -
		link               x x - - - - - - -
		call_error         x - - - - - - - -
		amend              x x - - - - - - -
		died               x x - - - - - - -
		condole            x x - - - - - - -
		relative           x x - - - - - - -
		tell_employee      - x - - - - - - -
		staff              - - - - - - x - -
		logbook_person     - - - x x - - - -
		logbook_house      - - - x x - x - -`
	columns := []struct {
		name string
		who  Person
		rel  Relation
	}{
		{"helpdesk", Person{ID: "a", Roles: []Role{Helpdesk}}, Relation{}},
		{"handler", Person{ID: "b", Roles: []Role{Manager}}, Relation{Handler: true}},
		{"other manager", Person{ID: "c", Roles: []Role{Manager}}, Relation{}},
		{"director", Person{ID: "d", Roles: []Role{Director}}, Relation{}},
		{"director, overdue", Person{ID: "d", Roles: []Role{Director}}, Relation{Overdue: true}},
		{"quality", Person{ID: "e", Roles: []Role{Quality}}, Relation{Overdue: true}},
		{"administrator", Person{ID: "f", Roles: []Role{Administrator}}, Relation{Overdue: true}},
		{"complainant", Complainant("one"), Relate(Complainant("one"), Dossier{ID: "one"}, false, calendar.Date{})},
		{"reader of the text", TextReader("one"), Relate(TextReader("one"), Dossier{ID: "one"}, false, calendar.Date{})},
	}
	seen := map[Task]bool{}
	for line := range strings.Lines(strings.TrimSpace(oracle)) {
		words := strings.Fields(line)
		task := Task(words[0])
		seen[task] = true
		for i, c := range columns {
			if got, want := May(c.who, task, c.rel), words[i+1] == "x"; got != want {
				t.Errorf("%s may %s: %v, the table says %v", c.name, task, got, want)
			}
			barred := c.rel
			barred.Barred = true
			if May(c.who, task, barred) {
				t.Errorf("%s, barred, may %s", c.name, task)
			}
		}
		if May(Person{Roles: Roles}, task, Relation{Handler: true}) {
			t.Errorf("nobody may %s", task)
		}
	}
	for _, task := range tasksOf(t) {
		if !seen[task] {
			t.Errorf("the oracle has no row for %s", task)
		}
	}
}

// Whose complaint is another one, or who showed nothing yet, may nothing.
func TestPeopleOutsideMayNothingElsewhere(t *testing.T) {
	for name, p := range map[string]Person{"complainant": Complainant("one"), "reader": TextReader("one"), "visitor": Visitor()} {
		r := Relate(p, Dossier{ID: "two"}, false, calendar.Date{})
		for task := range table {
			if May(p, task, r) && task != TaskComplain {
				t.Errorf("the %s of another dossier may %s", name, task)
			}
		}
	}
	if !May(Visitor(), TaskComplain, Relation{}) {
		t.Error("a visitor may not complain")
	}
	if s := See(Visitor(), nil, calendar.Date{}); s.Only != "" || s.All || s.Person != "" {
		t.Errorf("a visitor sees %+v", s)
	}
}

func TestSecondReaderReadsAndRemarks(t *testing.T) {
	p := Person{ID: "r", Roles: []Role{Manager}}
	for task := range table {
		want := task == TaskRead || task == TaskReadOpen || task == TaskReadAlong
		if got := May(p, task, Relation{Reader: true}); got != want {
			t.Errorf("a second reader may %s: %v", task, got)
		}
	}
}

func TestIntakeFallbackHandlesOnlyWhatItTookIn(t *testing.T) {
	p := Person{ID: "f", Roles: []Role{Quality}, Fallback: true}
	if !May(p, TaskReceive, Relation{}) || !May(p, TaskWord, Relation{TookIn: true}) || May(p, TaskWord, Relation{}) {
		t.Error("the fallback takes in, and works on what it took in")
	}
}
