package gehoor_test

import (
	"cmp"
	"errors"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A room is a directory under internal. What is not in its row it may not
// import; tests may import what they like.
type room struct {
	floor   string
	own     string // rooms, separated by spaces; "all" for every room
	outside string // modules, separated by spaces; "all" for every module
}

// The picture of ARCHITECTURE.md as a table. A new room needs a row here and a
// line there.
var rooms = map[string]room{
	"calendar":  {"law", "", ""},
	"complaint": {"law", "calendar", ""},
	"record":    {"law", "complaint calendar", ""},
	"seal":      {"law", "complaint record", ""},

	"office":     {"task", "seal complaint record calendar", ""},
	"mailroom":   {"task", "office complaint record calendar", ""},
	"personnel":  {"task", "complaint record calendar", ""},
	"inspection": {"task", "seal complaint record calendar", ""},

	"store":     {"cupboard", "complaint record calendar", "modernc.org/sqlite github.com/jackc/pgx/v5 github.com/pressly/goose/v3"},
	"vault":     {"cupboard", "", "golang.org/x/crypto github.com/tink-crypto/tink-go/v2"},
	"access":    {"cupboard", "record", "golang.org/x/crypto github.com/pquerna/otp github.com/go-webauthn/webauthn github.com/coreos/go-oidc/v3 golang.org/x/oauth2"},
	"procedure": {"cupboard", "complaint calendar", "github.com/goccy/go-yaml"},
	"letter":    {"cupboard", "complaint record calendar words", "codeberg.org/go-pdf/fpdf codeberg.org/go-fonts/liberation"},
	"envelope":  {"cupboard", "record", "github.com/jhillyerd/enmime/v2 github.com/cention-sany/utf7 golang.org/x/net golang.org/x/text"},
	"outbox":    {"cupboard", "record", "github.com/wneessen/go-mail github.com/emersion/go-smtp github.com/emersion/go-sasl github.com/emersion/go-msgauth"},
	"report":    {"cupboard", "record calendar words", "github.com/xuri/excelize/v2"},

	"words": {"leaf", "", "github.com/nicksnyder/go-i18n/v2 golang.org/x/text github.com/BurntSushi/toml"},
	"page":  {"leaf", "words calendar complaint record", "github.com/a-h/templ"},
	"porch": {"porch", "words page record complaint", "github.com/a-h/templ github.com/go-chi/httprate github.com/klauspost/compress"},

	"counter": {"door", "office mailroom personnel complaint record calendar words page porch", "github.com/a-h/templ"},
	"desk":    {"door", "office mailroom personnel complaint record calendar words page porch", "github.com/a-h/templ"},
	"api":     {"door", "office mailroom personnel complaint record calendar words page porch", "github.com/danielgtaylor/huma/v2"},
	"inbox":   {"door", "mailroom record", "github.com/emersion/go-imap/v2"},
	"clock":   {"door", "office mailroom", ""},

	"house":     {"house", "all", "all"},
	"pgtest":    {"test", "", "github.com/jackc/pgx/v5"},
	"housetest": {"test", "house pgtest", ""},
	"smtptest":  {"test", "", "github.com/emersion/go-smtp github.com/emersion/go-sasl"},
	"imaptest":  {"test", "", ""},
}

// The inside of a room that has rooms of its own: which of them each may import. Only
// the door itself, the first directory, imports them all.
var inside = map[string]map[string]string{
	"desk": {
		"frame":   "",
		"entry":   "frame",
		"dossier": "frame",
		"intake":  "frame",
		"post":    "frame",
		"phone":   "frame",
		"triage":  "frame",
		"manage":  "frame",
	},
	"counter": {
		"frame":   "",
		"home":    "frame",
		"confirm": "frame",
		"follow":  "frame",
		"form":    "frame",
	},
}

// lawfulInside says why the package at from, a path below internal, may not import path
// of its own room, or nothing.
func lawfulInside(from, path string) string {
	room, part, nested := strings.Cut(from, "/")
	parts, divided := inside[room]
	if !divided {
		return ""
	}
	own, known := parts[part]
	if nested && !known {
		return "has no row inside " + room + " in layers_test.go"
	}
	to, same := strings.CutPrefix(path, "gehoor/internal/"+room)
	to = strings.TrimPrefix(to, "/")
	if !same || !nested {
		return ""
	}
	if !slices.Contains(strings.Fields(own), to) {
		return "not one of its rooms inside " + room + ": " + own
	}
	return ""
}

// lawful says why the room named by from may not import path, or nothing.
func lawful(from, path string) string {
	row, known := rooms[from]
	if !known {
		return "has no row in layers_test.go"
	}
	if to, own := strings.CutPrefix(path, "gehoor/internal/"); own {
		to, _, _ = strings.Cut(to, "/")
		switch {
		case rooms[to].floor == "test" && row.floor != "test":
			return "only tests may import it"
		case to != from && row.own != "all" && !slices.Contains(strings.Fields(row.own), to):
			return "not one of its rooms: " + row.own
		}
		return ""
	}
	if path == "gehoor" || strings.HasPrefix(path, "gehoor/") {
		return "lies outside internal"
	}
	first, _, _ := strings.Cut(path, "/")
	if !strings.Contains(first, ".") { // the standard library
		return ""
	}
	if row.outside == "all" {
		return ""
	}
	for module := range strings.FieldsSeq(row.outside) {
		if path == module || strings.HasPrefix(path, module+"/") {
			return ""
		}
	}
	return "not one of its modules: " + row.outside
}

func TestRoomsImportOnlyWhatTheirRowAllows(t *testing.T) {
	entries, err := os.ReadDir("internal")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if _, known := rooms[entry.Name()]; entry.IsDir() && !known {
			t.Errorf("internal/%s has no row in layers_test.go", entry.Name())
		}
	}
	for dir, pkg := range packages(t) {
		below, ok := strings.CutPrefix(dir, "internal/")
		if !ok {
			continue
		}
		name, _, _ := strings.Cut(below, "/")
		for _, path := range pkg.Imports {
			if why := cmp.Or(lawful(name, path), lawfulInside(below, path)); why != "" {
				t.Errorf("%s imports %s: %s (in %s)", dir, path, why, pkg.ImportPos[path][0])
			}
		}
	}
}

// The rows themselves keep the rules of the house, whoever changes them.
func TestRowsKeepTheRulesOfTheHouse(t *testing.T) {
	mayUse := map[string]string{ // floors, by floor
		"law":      "law",
		"task":     "law task",
		"cupboard": "law leaf",
		"leaf":     "law leaf",
		"porch":    "law leaf",
		"door":     "law task leaf porch",
		"test":     "house test",
	}
	for name, row := range rooms {
		if row.floor == "house" {
			continue
		}
		floors, known := mayUse[row.floor]
		if !known {
			t.Errorf("%s is on an unknown floor %q", name, row.floor)
		}
		for other := range strings.FieldsSeq(row.own) {
			if floor := rooms[other].floor; !slices.Contains(strings.Fields(floors), floor) {
				t.Errorf("%s (%s) may not import %s (%s)", name, row.floor, other, floor)
			}
		}
		if row.outside != "" && (row.floor == "law" || row.floor == "task") {
			t.Errorf("%s (%s) uses the standard library only, not %s", name, row.floor, row.outside)
		}
	}
}

func TestLawful(t *testing.T) {
	for _, c := range []struct {
		from, path string
		allowed    bool
	}{
		{"complaint", "time", true},
		{"complaint", "database/sql", true},
		{"complaint", "gehoor/internal/calendar", true},
		{"complaint", "gehoor/internal/record", false},
		{"complaint", "github.com/google/uuid", false},
		{"calendar", "gehoor/internal/complaint", false},
		{"office", "gehoor/internal/store", false},
		{"store", "modernc.org/sqlite", true},
		{"store", "modernc.org/sqlite/lib", true},
		{"store", "modernc.org/sqlitex", false},
		{"store", "gehoor/internal/store/migration", true},
		{"store", "gehoor/internal/vault", false},
		{"store", "gehoor/internal/pgtest", false},
		{"desk", "gehoor/internal/counter", false},
		{"desk", "github.com/a-h/templ/runtime", true},
		{"house", "gehoor/internal/store", true},
		{"house", "gehoor/internal/pgtest", false},
		{"house", "gehoor/scripts/summary", false},
		{"attic", "time", false},
	} {
		if why := lawful(c.from, c.path); (why == "") != c.allowed {
			t.Errorf("%s importing %s: allowed %v, want %v (%s)", c.from, c.path, why == "", c.allowed, why)
		}
	}
}

// A room inside the desk is used by its door, and itself uses what all share.
func TestLawfulInside(t *testing.T) {
	for _, c := range []struct {
		from, path string
		allowed    bool
	}{
		{"desk", "gehoor/internal/desk/dossier", true},
		{"desk/dossier", "gehoor/internal/desk/frame", true},
		{"desk/dossier", "gehoor/internal/office", true}, // the room's own row judges that
		{"desk/dossier", "gehoor/internal/desk/intake", false},
		{"desk/dossier", "gehoor/internal/desk/frames", false},
		{"desk/dossier", "gehoor/internal/desk", false},
		{"desk/frame", "gehoor/internal/desk/entry", false},
		{"desk/attic", "time", false},
		{"desk/dossier/attic", "time", false},
		{"store/migration", "gehoor/internal/store", true},
	} {
		if why := lawfulInside(c.from, c.path); (why == "") != c.allowed {
			t.Errorf("%s importing %s: allowed %v, want %v (%s)", c.from, c.path, why == "", c.allowed, why)
		}
	}
}

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	empty := []string{"util", "utils", "common", "helper", "helpers", "manager", "service", "model", "models", "core", "base"}
	for dir, pkg := range packages(t) {
		want := "Package " + pkg.Name + " "
		if pkg.Name == "main" {
			want = "Command " + filepath.Base(dir) + " "
		}
		if comment := comment(t, pkg); !strings.HasPrefix(comment, want) {
			t.Errorf("%s: the package comment must begin with %q, not %q", dir, want, comment)
		}
		if slices.Contains(empty, pkg.Name) || slices.Contains(empty, filepath.Base(dir)) {
			t.Errorf("%s: a name like %s says nothing about what is in it", dir, pkg.Name)
		}
	}
}

// comment is what a person wrote above the package clause; generated files
// have a comment of their own there.
func comment(t *testing.T, pkg *build.Package) string {
	t.Helper()
	for _, name := range pkg.GoFiles {
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(pkg.Dir, name), nil, parser.PackageClauseOnly|parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		if file.Doc != nil && !ast.IsGenerated(file) {
			return file.Doc.Text()
		}
	}
	return ""
}

// packages reads every package below this directory that has more than tests,
// files for other systems included.
func packages(t *testing.T) map[string]*build.Package {
	t.Helper()
	context := build.Default
	context.UseAllFiles = true
	found := map[string]*build.Package{}
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		name := entry.Name()
		if path != "." && (name[0] == '.' || name[0] == '_' || name == "testdata" || name == "node_modules" || path == "data") {
			return fs.SkipDir
		}
		pkg, err := context.ImportDir(path, 0)
		var none *build.NoGoError
		if errors.As(err, &none) || err == nil && len(pkg.GoFiles)+len(pkg.CgoFiles) == 0 {
			return nil
		}
		if err != nil {
			return err
		}
		found[filepath.ToSlash(path)] = pkg
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
