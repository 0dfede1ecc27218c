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

// finding is a line of walk.mjs.
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
	list := filepath.Join(t.TempDir(), "stops.json")
	text, err := json.Marshal(stops)
	check(t, err)
	check(t, os.WriteFile(list, text, 0o600))

	walk := exec.CommandContext(t.Context(), node, "walk.mjs", list)
	walk.WaitDelay = 10 * time.Second
	var said strings.Builder
	walk.Stderr = &said
	out, err := walk.StdoutPipe()
	check(t, err)
	check(t, walk.Start())
	looked := map[string][]finding{}
	done := 0
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var f finding
		if err := json.Unmarshal(lines.Bytes(), &f); err != nil {
			t.Errorf("walk.mjs says %q", lines.Text())
			continue
		}
		looked[f.Stop] = append(looked[f.Stop], f)
		done += f.Done
	}
	if err := errors.Join(lines.Err(), walk.Wait()); err != nil || done != len(stops) {
		t.Errorf("walk.mjs looked at %d of %d pages: %v\n%s", done, len(stops), err, said.String())
	}
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
	all = append(all, w.formStops(t)...)
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
	if lacking == "" {
		return node
	}
	if os.Getenv("CI") == "true" || os.Getenv("GEHOOR_REQUIRE_ALL") != "" {
		t.Fatal(lacking)
	}
	t.Skip(lacking)
	return ""
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
