package complaint

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPrivateShowsNothing(t *testing.T) {
	p := Hide("mevrouw Brugsma")
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "text", p, "map", Sealed{Text: p})
	shown := fmt.Sprintf("%v %s %q %+v %#v %x %d", p, p, p, p, p, p, p) + fmt.Sprint(Sealed{Text: p}) + fmt.Sprintf("%#v", Sealed{Text: p}) + log.String()
	if strings.Contains(shown, "Brugsma") || strings.Contains(shown, fmt.Sprintf("%x", "Brugsma")) {
		t.Errorf("shown: %s", shown)
	}
}

// TestRevealersAreKnown lists who may call Reveal. A new caller needs a reason and a
// line here.
func TestRevealersAreKnown(t *testing.T) {
	known := []string{
		"complaint/answer.go",                  // reads the answer back from its sealed form
		"complaint/aside.go",                   // whom the course bars: to undo a naming, and to verify
		"complaint/encode.go",                  // gives the plaintext that is sealed
		"desk/dossier/course.go",               // shows the course to who reads text
		"office/before.go",                     // the employees concerned, for the letter to one of them
		"office/followlook.go",                 // what complainants said, on their own page
		"office/look.go",                       // a View for who reads text
		"office/order.go",                      // the text in a letter
		"office/source.go",                     // who first heard it, sealed again in a second dossier
		"office/task.go", "office/textsaid.go", // the title of the row, sealed again
	}
	var found []string
	err := filepath.WalkDir("..", func(path string, d os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "private.go") {
			return err
		}
		text, err := os.ReadFile(path)
		if bytes.Contains(text, []byte("Reveal(")) {
			found = append(found, filepath.ToSlash(strings.TrimPrefix(path, "../")))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(found)
	if diff := cmp.Diff(known, found); diff != "" {
		t.Errorf("callers of Reveal (-known +found):\n%s", diff)
	}
}
