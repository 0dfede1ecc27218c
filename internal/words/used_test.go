package words

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// families are keys that travel as values or are built from a code, so that no
// line of code names them in full. Only used to keep the list of unused texts
// short; a missing text under them is found on the page as ⟦key⟧.
var families = []string{
	"channel.", "judgement.", "language.", "level.", "member.", "relation.",
	"role.", "state.", "subject.", "item.", // plus a code
	"label.",  // by the text of the Dutch one
	"letter.", // one set of texts per kind of letter
}

// used finds the keys that code asks for by name. A key that ends in a dot or
// an underscore is the beginning of one: Say("state."+code).
// Refusals count wherever they stand, because they travel inside complaint.Error.
var (
	used    = regexp.MustCompile(`(?:\.(?:Say|Count)\(|\bKey:\s*)"([^"]+)"`)
	refused = regexp.MustCompile(`"((?:error|refused)\.[a-z0-9_.]+)"`)
)

// named finds whatever looks like a key, for the list of unused texts.
var named = regexp.MustCompile(`"([a-z]+(?:[._][a-z0-9]+)+)"`)

// Every key that the program asks for must exist. Without this a page would
// show ⟦key⟧ to a complainant.
func TestUsedKeysExist(t *testing.T) {
	nl := loaded(t).Speak("nl")
	found := keysFound(t, used)
	maps.Copy(found, keysFound(t, refused))
	for key, where := range found {
		if !nl.Has(key) && !beginsKey(nl, key) {
			t.Errorf("%s asks for %q, which is in no nl/*.toml", where, key)
		}
	}
}

// beginsKey says whether key is the beginning of keys that exist.
func beginsKey(v *Voice, key string) bool {
	if !strings.HasSuffix(key, ".") && !strings.HasSuffix(key, "_") {
		return false
	}
	return slices.ContainsFunc(v.Keys(), func(k string) bool { return strings.HasPrefix(k, key) })
}

// Texts that nobody asks for are reported, not refused: rooms are built one
// after the other. Run with -v to see them.
func TestUnusedKeys(t *testing.T) {
	asked := keysFound(t, named)
	for _, key := range loaded(t).Speak("nl").Keys() {
		if _, ok := asked[key]; !ok && !inFamily(key) {
			t.Logf("nobody asks for %s", key)
		}
	}
}

func inFamily(key string) bool {
	return slices.ContainsFunc(families, func(f string) bool { return strings.HasPrefix(key, f) })
}

// keysFound maps what the pattern finds in the program's source to a file.
func keysFound(t *testing.T, pattern *regexp.Regexp) map[string]string {
	t.Helper()
	root := filepath.Join("..", "..")
	keys := map[string]string{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && strings.HasPrefix(entry.Name(), ".") && path != root {
			return filepath.SkipDir
		}
		if !isSource(path) {
			return nil
		}
		return collect(path, pattern, keys)
	})
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

// isSource leaves out tests (which ask for keys that do not exist on purpose)
// and what templ generates (its .templ file is read instead).
func isSource(path string) bool {
	if strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "_templ.go") {
		return false
	}
	return strings.HasSuffix(path, ".go") || strings.HasSuffix(path, ".templ")
}

func collect(path string, pattern *regexp.Regexp, keys map[string]string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	for _, line := range strings.Split(string(text), "\n") {
		if code := strings.TrimSpace(line); strings.HasPrefix(code, "//") {
			continue // an example in a comment
		}
		for _, m := range pattern.FindAllStringSubmatch(line, -1) {
			keys[m[1]] = path
		}
	}
	return nil
}
