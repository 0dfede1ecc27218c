package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"gehoor": main})
}

// TestStories runs the command-line stories of testdata.
func TestStories(t *testing.T) {
	terms, err := filepath.Abs("../../internal/calendar/testdata/terms.csv")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{Dir: "testdata", Setup: func(e *testscript.Env) error {
		e.Setenv("HOME", e.WorkDir)
		text, err := os.ReadFile(terms)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(e.WorkDir, "terms.csv"), text, 0o644)
	}})
}
