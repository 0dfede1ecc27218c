package browser

import (
	"bufio"
	"encoding/json"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// finding is a line of a script.
type finding struct {
	Stop     string
	Check    string
	Problems []string
	Done     int
}

// TestEveryPage looks at every page in Chromium. Each page and check is a test of its own.
func TestEveryPage(t *testing.T) {
	node := need(t)
	stops := route(t)
	reportOn(t, run(t, node, "walk.mjs", stops, len(stops)), stops)
}

// reportOn makes a test of each stop and check.
func reportOn(t *testing.T, looked map[string][]finding, stops []stop) {
	t.Helper()
	for _, s := range stops {
		t.Run(s.Name, func(t *testing.T) {
			if len(looked[s.Name]) == 0 {
				t.Error("was not looked at")
			}
			for _, f := range looked[s.Name] {
				t.Run(f.Check, func(t *testing.T) {
					for _, problem := range f.Problems {
						t.Errorf("%s as %q: %s", s.path, s.who, problem)
					}
				})
			}
		})
	}
}

// run lets a script do what is planned and gives what it found, by stop.
func run(t *testing.T, node, script string, plan any, want int) map[string][]finding {
	t.Helper()
	file := filepath.Join(t.TempDir(), "plan.json")
	text, err := json.Marshal(plan)
	check(t, err)
	check(t, os.WriteFile(file, text, 0o600))
	cmd := exec.CommandContext(t.Context(), node, script, file)
	cmd.WaitDelay = 10 * time.Second
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.StdoutPipe()
	check(t, err)
	check(t, cmd.Start())
	found, done := map[string][]finding{}, 0
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var f finding
		if err := json.Unmarshal(lines.Bytes(), &f); err != nil {
			t.Errorf("%s says %q", script, lines.Text())
			continue
		}
		found[f.Stop] = append(found[f.Stop], f)
		done += f.Done
	}
	if err := errors.Join(lines.Err(), cmd.Wait()); err != nil || done != want {
		t.Errorf("%s did %d of %d: %v\n%s", script, done, want, err, said.String())
	}
	return found
}

// route lists every page to look at; with GEHOOR_PAGES set, those with that in their name.
func route(t *testing.T) []stop {
	t.Helper()
	w := furnishedWorld(t)
	w.arrange(t)
	w.asked = map[string]string{"/postkamer/terug": "?nummer=" + w.number(t)}
	fresh, done := newWorld(t), newWorld(t)
	granted := done.posted("the grants after set-up", nobody, "/inrichten", setUp(), 200)
	done.visit(t, granted)
	routes := w.Doors(nil, false).Routes()
	all := append(pages(t, routes, w, w.halfway(t), fresh, done), granted)
	all = append(all, w.promising(t)...)
	all = append(all, w.formStops(t)...)
	all = append(all, w.ownPages(t)...)
	all = append(all, w.closedDoors(t)...)
	all = append(all, refusals(t, routes, all)...)
	// The sheet at set-up is remembered by this very house: a twin knows nothing of it.
	all = append(all, done.posted("POST /inrichten/herstelblad with nothing typed", nobody, "/inrichten/herstelblad", url.Values{"code": {""}}, 422).refusing())
	return slices.DeleteFunc(all, func(s stop) bool { return !strings.Contains(s.Name, os.Getenv("GEHOOR_PAGES")) })
}

// need gives the program that runs walk.mjs, and skips the test, or fails it where every
// test must run, when something is missing.
func need(t *testing.T) (node string) {
	t.Helper()
	chromium := os.Getenv("CHROMIUM")
	if chromium == "" {
		chromium = "/usr/bin/chromium"
	}
	node, noNode := exec.LookPath("node")
	_, noChromium := exec.LookPath(chromium)
	lacking := ""
	switch {
	case noNode != nil || noChromium != nil:
		lacking = "no Node.js or no Chromium on this machine; on Debian or Ubuntu: apt-get install nodejs npm chromium"
	case !isInstalled(t):
		lacking = "the browser's driver is not installed, or in another version: npm --prefix scripts/browser ci"
	}
	if lacking != "" {
		lacks(t, lacking)
	}
	return node
}

// lacks skips the test, or fails it where every test must run.
func lacks(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" || os.Getenv("GEHOOR_REQUIRE_ALL") != "" {
		t.Fatal(what)
	}
	t.Skip(what)
}

// isInstalled says whether the modules are there, in the versions that package.json asks.
func isInstalled(t *testing.T) bool {
	t.Helper()
	var asked struct{ Dependencies map[string]string }
	read(t, "package.json", &asked)
	for module, version := range asked.Dependencies {
		var has struct{ Version string }
		if read(t, filepath.Join("node_modules", module, "package.json"), &has); has.Version != version {
			return false
		}
	}
	return true
}

// read reads a file of JSON; one that is not there leaves into as it was.
func read(t *testing.T, file string, into any) {
	t.Helper()
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	check(t, err)
	check(t, json.Unmarshal(text, into))
}
