package home

import (
	"errors"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"gehoor/internal/record"
)

// A leaflet is printed once for all who ask, and again when anything in it changed; no more
// than some are kept, and a failure is not.
func TestLeafletsAreKept(t *testing.T) {
	var l leaflets
	var prints atomic.Int32
	print := func() ([]byte, error) { return []byte(strconv.Itoa(int(prints.Add(1)))), nil }
	sheet := record.Document{Language: "nl", Title: "Vertel het ons."}
	var crowd sync.WaitGroup
	for range 20 {
		crowd.Go(func() {
			if one, err := l.get(sheet, print); err != nil || string(one.pdf) != "1" {
				t.Errorf("%s %v", one.pdf, err)
			}
		})
	}
	crowd.Wait()
	changed := map[string]record.Document{"language": sheet, "words": sheet, "colour": sheet, "logo": sheet}
	for what, d := range changed {
		switch what {
		case "language":
			d.Language = "en"
		case "words":
			d.Title = "Klacht?"
		case "colour":
			d.Look.Accent = record.Colour{1, 2, 3}
		case "logo":
			d.Look.Logo = "0123456789ab"
		}
		before := prints.Load()
		if _, err := l.get(d, print); err != nil || prints.Load() != before+1 {
			t.Errorf("another %s: printed %d times, %v", what, prints.Load()-before, err)
		}
	}
	for i := range 3 * mostLeaflets {
		sheet.Number = strconv.Itoa(i)
		if _, err := l.get(sheet, print); err != nil || len(l.kept) > mostLeaflets {
			t.Fatalf("%d are kept, %v", len(l.kept), err)
		}
	}
	sheet.Title = "Stuk"
	if _, err := l.get(sheet, func() ([]byte, error) { return nil, errors.New("no paper") }); err == nil {
		t.Error("it hides that it failed")
	}
	if one, err := l.get(sheet, print); err != nil || len(one.pdf) == 0 {
		t.Errorf("a failure is kept: %v", err)
	}
}
