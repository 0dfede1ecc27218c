package vault

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sheet gives a vault of three epochs and its sheet, a line per row.
func sheet(t *testing.T) (*Vault, []string) {
	t.Helper()
	v, _ := newTest(t)
	for _, id := range []uint32{2, 11} {
		other, _ := newTest(t)
		v.epochs[id] = other.epochs[1]
	}
	var lines []string
	for _, row := range v.Sheet() {
		lines = append(lines, row.String())
	}
	return v, lines
}

func TestSheetReadsBack(t *testing.T) {
	v, lines := sheet(t)
	if len(lines) != 8 {
		t.Fatalf("%d rows, want 8", len(lines))
	}
	whole := strings.Join(lines, "\n")
	for name, text := range map[string]string{
		"as printed":      "RECOVERY SHEET\n1. Keep it safe.\n\n" + whole + "\n\nroot of all\n",
		"in lower case":   strings.ToLower(whole),
		"without columns": strings.NewReplacer("1/8  root      ", "1. root ", " ", " ").Replace(whole),
		"look-alikes":     lookAlikes(lines),
		"the key file":    string(v.encode()),
	} {
		got, err := ReadSheet(text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !bytes.Equal(got.encode(), v.encode()) || !bytes.Equal(got.Check(), v.Check()) || got.current != 11 {
			t.Errorf("%s reads back as another key file", name)
		}
	}
	last := strings.Fields(lines[7])[3+6]
	if !v.IsLastGroup(" "+strings.ToLower(last[:2])+" "+last[2:]) || v.IsLastGroup("") || v.IsLastGroup(strings.Fields(lines[0])[2]) {
		t.Error("the last group of the sheet is not known from another")
	}
}

// lookAlikes writes the groups with the digits that look like letters.
func lookAlikes(lines []string) string {
	var all []string
	for _, line := range lines {
		all = append(all, line[:15]+strings.NewReplacer("O", "0", "I", "1", "B", "8").Replace(line[15:]))
	}
	return strings.Join(all, "\n")
}

// TestEveryMisreadCharacterIsNamed changes every character of a sheet into every
// other one, and every two neighbours within a group.
func TestEveryMisreadCharacterIsNamed(t *testing.T) {
	v, _ := sheet(t)
	for _, row := range v.Sheet() {
		for n, group := range row.Groups {
			if _, err := ReadSheetGroup(row.Key, row.Number, n, group); err != nil {
				t.Fatalf("a right group: %v", err)
			}
			for i := range group {
				for _, c := range []byte(alphabet) {
					wrong := []byte(group)
					wrong[i] = c
					if _, err := ReadSheetGroup(row.Key, row.Number, n, string(wrong)); (err == nil) != (c == group[i]) {
						t.Fatalf("%s typed as %s: %v", group, wrong, err)
					}
				}
				if i > 0 && group[i] != group[i-1] {
					swapped := []byte(group)
					swapped[i], swapped[i-1] = swapped[i-1], swapped[i]
					if _, err := ReadSheetGroup(row.Key, row.Number, n, string(swapped)); err == nil {
						t.Fatalf("%s typed as %s passes", group, swapped)
					}
				}
			}
		}
	}
}

func TestMistypedSheets(t *testing.T) {
	_, lines := sheet(t)
	change := func(row int, from, to string) string {
		wrong := append([]string(nil), lines...)
		wrong[row-1] = strings.Replace(wrong[row-1], from, to, 1)
		return strings.Join(wrong, "\n")
	}
	groups := func(row int) []string { f := strings.Fields(lines[row-1]); return f[len(f)-SheetGroups:] }
	other := func(g string) string {
		if g[1] == 'X' {
			return g[:1] + "Y" + g[2:]
		}
		return g[:1] + "X" + g[2:]
	}
	for name, c := range map[string]struct{ text, want string }{
		"nothing":         {"", "there is no row of a recovery sheet"},
		"a character":     {change(4, groups(4)[2], other(groups(4)[2])), "row 4 (epoch 1), group 3 does not fit"},
		"the last group":  {change(8, groups(8)[6], other(groups(8)[6])), "row 8 (epoch 11), group 7 does not fit"},
		"no letter":       {change(1, groups(1)[0], "9"+groups(1)[0][1:]), `row 1 (root), group 1: '9' is on no sheet`},
		"too short":       {change(2, groups(2)[4], groups(2)[4][1:]), "row 2 (root), group 5 has 4 characters"},
		"a group missing": {change(2, groups(2)[4], ""), "row 2 (root) has 30 characters, want 35"},
		"a row missing":   {strings.Join(lines[:7], "\n"), "row 8 of 8 is missing"},
		"a row twice":     {strings.Join(lines, "\n") + "\n" + lines[2], "row 3 stands there twice"},
		"rows exchanged":  {change(1, strings.Join(groups(1), " "), strings.Join(groups(2), " ")), "row 1 (root), group"},
		"another epoch":   {change(3, "epoch 1", "epoch 7"), "row 3 (epoch 7), group"},
		"epoch of no row": {strings.Join(lines[:2], "\n"), "row 3 of 8 is missing"},
	} {
		if _, err := ReadSheet(c.text); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	two := strings.Replace(change(4, groups(4)[2], other(groups(4)[2])), groups(6)[0], other(groups(6)[0]), 1)
	if _, err := ReadSheet(two); err == nil || len(strings.Split(err.Error(), "\n")) != 2 {
		t.Errorf("two mistakes: %v", err)
	}
}

func TestKeepNeverOverwrites(t *testing.T) {
	v, _ := newTest(t)
	path := filepath.Join(t.TempDir(), "new", "gehoor.key")
	if err := v.Keep(path); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o400 {
		t.Errorf("%v %v", info, err)
	}
	if other, _ := newTest(t); other.Keep(path) == nil {
		t.Error("a key file was overwritten")
	}
	if again, err := Load(path); err != nil || !bytes.Equal(again.Check(), v.Check()) {
		t.Errorf("the key file reads back as another: %v", err)
	}
}
