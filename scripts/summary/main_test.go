package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Each case is a package whose tests really run.
func TestSummarise(t *testing.T) {
	for _, c := range []struct {
		name   string
		source string // of the test file
		checks []string
		last   string
		ok     bool
		shows  []string
		hides  []string
	}{
		{
			name: "passing, with subtests counted and not their parent",
			source: `func TestA(t *testing.T) { t.Run("b/c", func(t *testing.T) {}); t.Run("d", func(t *testing.T) {}) }
				func TestE(t *testing.T) { t.Log("quiet") }`,
			last: "3 passed, 0 failed, 0 skipped", ok: true,
			shows: []string{"pass  example"}, hides: []string{"quiet"},
		},
		{
			name:   "a failing subtest counts once and tells all it said",
			source: `func TestA(t *testing.T) { t.Run("b", func(t *testing.T) { t.Log("before"); t.Error("wrong") }) }`,
			last:   "0 passed, 1 failed, 0 skipped",
			shows:  []string{"before", "wrong", "example TestA/b"},
		},
		{
			name:   "a test that fails beside its passing subtest",
			source: `func TestA(t *testing.T) { t.Run("b", func(t *testing.T) {}); t.Error("wrong") }`,
			last:   "1 passed, 1 failed, 0 skipped",
		},
		{
			name:   "a skipped test with its reason",
			source: `func TestA(t *testing.T) { t.Skip("no such program") }; func TestB(t *testing.T) {}`,
			last:   "1 passed, 0 failed, 1 skipped", ok: true,
			shows: []string{"example TestA: main_test.go:4: no such program"},
		},
		{
			name:   "only skipped is not passed",
			source: `func TestA(t *testing.T) { t.Skip("no such program") }`,
			last:   "0 passed, 0 failed, 1 skipped",
		},
		{
			name: "no test at all", source: `var _ *testing.T`,
			last: "0 passed, 0 failed, 0 skipped", shows: []string{"No test ran."},
		},
		{
			name: "does not build", source: `func TestA(t *testing.T) { nonsense }`,
			last: "0 passed, 1 failed, 0 skipped", shows: []string{"undefined: nonsense"},
		},
		{
			name: "panics", source: `func TestA(t *testing.T) { panic("oh dear") }`,
			last: "0 passed, 1 failed, 0 skipped", shows: []string{"oh dear"},
		},
		{
			name:   "exits in the middle",
			source: `func TestA(t *testing.T) {}; func TestB(t *testing.T) { println("last words"); os.Exit(3) }`,
			last:   "1 passed, 1 failed, 0 skipped", shows: []string{"last words"},
		},
		{
			name:   "exits before the first test",
			source: `func TestMain(m *testing.M) { println("cannot start"); os.Exit(3) }`,
			last:   "0 passed, 1 failed, 0 skipped", shows: []string{"cannot start"},
		},
		{
			name:   "does not end in time",
			source: `func TestA(t *testing.T) { select {} }; func init() { go func() { for { time.Sleep(time.Hour) } }() }`,
			last:   "0 passed, 1 failed, 0 skipped", shows: []string{"timed out"},
		},
		{
			name: "a check failed before", source: `func TestA(t *testing.T) {}`, checks: []string{"go vet ./..."},
			last: "1 passed, 1 failed, 0 skipped", shows: []string{"go vet ./..."},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			write(t, filepath.Join(dir, "go.mod"), "module example\ngo 1.26\n")
			write(t, filepath.Join(dir, "main_test.go"),
				"package example\nimport (\"os\"; \"testing\"; \"time\")\nvar _, _ = os.Exit, time.Hour\n"+c.source)
			cmd := exec.Command("go", "test", "-json", "-vet=off", "-timeout=2s", "./...")
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=")
			stream, _ := cmd.Output() // whether it failed is what summarise must tell

			var out strings.Builder
			ok := summarise(strings.NewReader(string(stream)), &out, c.checks)
			lines := strings.Split(strings.TrimRight(out.String(), "\n"), "\n")
			if last := lines[len(lines)-1]; last != c.last {
				t.Errorf("last line %q, want %q", last, c.last)
			}
			if ok != c.ok {
				t.Errorf("ok is %v, want %v", ok, c.ok)
			}
			for _, text := range c.shows {
				if !strings.Contains(out.String(), text) {
					t.Errorf("does not show %q", text)
				}
			}
			for _, text := range c.hides {
				if strings.Contains(out.String(), text) {
					t.Errorf("shows %q", text)
				}
			}
			if t.Failed() {
				t.Log(out.String())
			}
		})
	}
}

// The runner was killed: a package that began and never ended has failed.
func TestSummariseCutOff(t *testing.T) {
	var out strings.Builder
	if summarise(strings.NewReader(`{"Action":"start","Package":"example"}
{"Action":"run","Package":"example","Test":"TestA"}
{"Action":"pass","Package":"example","Test":"TestA"}
`), &out, nil) {
		t.Errorf("a run that was cut off passed:\n%s", out.String())
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
