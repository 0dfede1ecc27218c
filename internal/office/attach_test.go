package office_test

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"gehoor/internal/complaint"
	"gehoor/internal/housetest"
)

// Of a file that is too large, or breaks off, nothing stays.
func TestRefusedFileLeavesNothing(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	b.Office.MaxUpload = 3 << 19
	large := strings.Repeat("a", 2<<20)
	draft, err := b.Office.Begin()
	b.must(err)
	for name, file := range map[string]io.Reader{
		"too large":        strings.NewReader(large),
		"broke off":        io.MultiReader(strings.NewReader(large[:5<<18]), iotest.ErrReader(io.ErrUnexpectedEOF)),
		"broke off, small": io.MultiReader(strings.NewReader("Geachte heer"), iotest.ErrReader(io.ErrUnexpectedEOF)),
	} {
		kept, err := b.Office.Keep(t.Context(), complaint.Visitor(), draft, "brief.txt", file)
		if err == nil {
			t.Errorf("%s: it is taken", name)
		}
		if _, err := b.Store.Unlinked(t.Context(), kept.ID, draft.ID); !complaint.IsKind(err, complaint.NotFound) {
			t.Errorf("%s: pieces stay (%v)", name, err)
		}
	}
}
