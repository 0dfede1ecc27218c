package counter_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"gehoor/internal/house"
	"gehoor/internal/procedure"
)

// inRegister names the file of the register that holds a text, or "".
func inRegister(t *testing.T, h *house.House, text string) (found string) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(h.Home, "register"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(data, []byte(text)) {
			found = filepath.Base(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// switchOff puts a later version of the procedure in force, in which there is no form.
func (s *street) switchOff() {
	s.t.Helper()
	text := procedure.Shipped()[0].Text
	text = bytes.Replace(text, []byte(`version: "1.1"`), []byte(`version: "2"`), 1)
	text = bytes.Replace(text, []byte("valid_from: 2025-01-01"), []byte("valid_from: 2026-01-01"), 1)
	s.must(s.AddProcedure(s.t.Context(), text, "gehoor"))
}
