package complaint

import (
	"bytes"
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gehoor/internal/calendar"
)

var update = flag.Bool("update", false, "write the golden files anew")

// kinds lists every kind of event that event.go names.
func kinds(t *testing.T) []Kind {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "event.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var all []Kind
	ast.Inspect(file, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok || v.Type == nil || len(v.Values) != 1 {
			return true
		}
		if id, ok := v.Type.(*ast.Ident); ok && id.Name == "Kind" {
			all = append(all, Kind(strings.Trim(v.Values[0].(*ast.BasicLit).Value, `"`)))
		}
		return true
	})
	return all
}

// sample fills every open field and a text, so that a golden file shows the whole
// encoding of a kind.
func sample(k Kind) Event {
	e := Event{Kind: k, Version: 3, Sealed: Sealed{Text: Hide("Op zaterdag ging de cursus niet door."), Title: Hide("Cursus")}}
	v := reflect.ValueOf(&e.Open).Elem()
	for i := range v.NumField() {
		switch f := v.Field(i); f.Interface().(type) {
		case calendar.Date:
			f.Set(reflect.ValueOf(calendar.MustParse("2026-11-22").AddDays(i)))
		case []calendar.Date:
			f.Set(reflect.ValueOf([]calendar.Date{calendar.MustParse("2026-11-27"), calendar.MustParse("2026-12-02")}))
		case int:
			f.SetInt(int64(i))
		case *Pin:
			f.Set(reflect.ValueOf(&Pin{"lsr-14-dagen", "1"}))
		default:
			if f.Kind() == reflect.Slice {
				f.Set(reflect.Append(f, reflect.New(f.Type().Elem()).Elem()))
				f.Index(0).SetString("code")
			} else {
				f.SetString("code")
			}
		}
	}
	return e
}

// TestGoldenEncodings holds the encoding of every kind: old events decode for ever.
func TestGoldenEncodings(t *testing.T) {
	all := kinds(t)
	if len(all) < 40 || len(all) > 52 {
		t.Errorf("%d kinds; about 45 is the measure", len(all))
	}
	for _, k := range all {
		e := sample(k)
		open, sealed, err := Encode(e)
		if err != nil {
			t.Fatal(err)
		}
		got := append(append(open, '\n'), append(sealed, '\n')...)
		golden := filepath.Join("testdata", "events", string(k)+".golden")
		if *update {
			if err := os.WriteFile(golden, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s encodes differently:\n%s", k, cmp.Diff(string(want), string(got)))
		}
		lines := bytes.SplitN(want, []byte("\n"), 3)
		decoded, err := DecodeOpen(lines[0])
		texts, err2 := DecodeSealed(lines[1])
		if err != nil || err2 != nil || !reflect.DeepEqual(decoded, e.Open) || Reveal(texts[Text]) != Reveal(e.Sealed[Text]) {
			t.Errorf("%s does not decode to what it was: %v %v", k, err, err2)
		}
	}
}

// TestOpenFields holds the list of what may stand unsealed. Whoever adds a field
// here has asked whether it says anything about a person.
func TestOpenFields(t *testing.T) {
	allowed := strings.Fields(`number channel subjects category department handler reader member level procedure received_by
		text_version how outcome reason lacks fields record letter occasion on received_on reached_on remind_on filed_on due_on
		target_on signal_on proposed_on for_date`)
	var have []string
	for i := range reflect.TypeFor[Open]().NumField() {
		tag := reflect.TypeFor[Open]().Field(i).Tag.Get("json")
		name, _, _ := strings.Cut(tag, ",")
		have = append(have, name)
	}
	if !slices.Equal(have, allowed) {
		t.Errorf("open fields: %s", cmp.Diff(allowed, have))
	}
}

func TestDecodeRefusesTheFuture(t *testing.T) {
	if _, err := DecodeOpen([]byte(`{"number":"2026-417","sentiment":"angry"}`)); err == nil {
		t.Error("an unknown open field was read over")
	}
	if _, err := DecodeSealed([]byte(`{"v":2,"texts":{}}`)); err == nil {
		t.Error("a newer sealed version was read")
	}
	if e, err := json.Marshal(map[string]Private{"x": Hide("geheim")}); err != nil || bytes.Contains(e, []byte("geheim")) {
		t.Errorf("%s %v", e, err)
	}
}
