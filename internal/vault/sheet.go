package vault

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// A recovery sheet is the key file on paper. A key is 14 groups of four characters, the
// last one its check group, exactly as in the key file; on the sheet every group gets a
// fifth character that checks the other four, so that whoever types a sheet back is told
// which group was misread. Two rows of seven groups are one key.
const (
	SheetGroups = 7 // in a row
	keyRows     = 2
	maxRows     = 400 // more than a register ever has: a larger number is a slip of the keys
)

// SheetRow is one row of a recovery sheet: half a key.
type SheetRow struct {
	Number, Of int
	Key        string   // "root", "epoch 1", …
	Groups     []string // of five characters
}

// String gives the row as it stands on the sheet and as ReadSheet reads it.
func (r SheetRow) String() string {
	return fmt.Sprintf("%d/%d  %-9s %s", r.Number, r.Of, r.Key, strings.Join(r.Groups, " "))
}

// Sheet gives the rows of the recovery sheet. They are the keys themselves.
func (v *Vault) Sheet() []SheetRow {
	var rows []SheetRow
	add := func(name string, k key) {
		groups := strings.Split(encodeKey(name, k), "-")
		for i, g := range groups {
			groups[i] = g + string(checkCharacter(name, i, g))
		}
		for ; len(groups) > 0; groups = groups[SheetGroups:] {
			rows = append(rows, SheetRow{Number: len(rows) + 1, Key: name, Groups: groups[:SheetGroups]})
		}
	}
	add("root", v.root)
	for _, id := range v.epochIDs() {
		add("epoch "+strconv.Itoa(id), v.epochs[uint32(id)])
	}
	for i := range rows {
		rows[i].Of = len(rows)
	}
	return rows
}

func (v *Vault) epochIDs() []int {
	var ids []int
	for id := range v.epochs {
		ids = append(ids, int(id))
	}
	sort.Ints(ids)
	return ids
}

// Epoch is the number of the newest epoch key: a new one makes a new sheet necessary.
func (v *Vault) Epoch() uint32 { return v.current }

// IsLastGroup reports whether typed is the last group of the sheet: that it was printed
// and can be read.
func (v *Vault) IsLastGroup(typed string) bool {
	rows := v.Sheet()
	last := rows[len(rows)-1].Groups[SheetGroups-1]
	return fold(typed) == last
}

// fold takes typed characters as they are meant: capitals, without spaces or dashes.
// The digits that no sheet has are the letters they look like.
func fold(typed string) string {
	return strings.NewReplacer(" ", "", "\t", "", "-", "", "0", "O", "1", "I", "8", "B").Replace(strings.ToUpper(typed))
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

// checkCharacter is a linear check over the field of 32 elements: every single wrong
// character and every two neighbours that changed places are found. Name and position
// are in it too, so that a group in another place does not fit, but for one in 32.
func checkCharacter(name string, group int, four string) byte {
	place := sha256.Sum256([]byte("gehoor sheet:" + name + ":" + strconv.Itoa(group)))
	check := int(place[0] & 31)
	for i := range four {
		c := strings.IndexByte(alphabet, four[i])
		for range i + 1 { // times x, once for the first character, twice for the second, …
			if c <<= 1; c > 31 {
				c ^= 0b100101 // modulo x⁵+x²+1
			}
		}
		check ^= c
	}
	return alphabet[check]
}

// ReadSheetGroup checks one typed group: the n-th (from 0) of the row-th row (from 1) of
// a sheet, where key stands. It gives the group as the sheet has it.
func ReadSheetGroup(key string, row, n int, typed string) (string, error) {
	g := fold(typed)
	where := fmt.Sprintf("row %d (%s), group %d", row, key, n+1)
	for _, c := range g {
		if !strings.ContainsRune(alphabet, c) {
			return "", fmt.Errorf("%s: %q is on no sheet; only the letters A-Z and the digits 2-7 are", where, c)
		}
	}
	if len(g) != 5 {
		return "", fmt.Errorf("%s has %d characters, want 5", where, len(g))
	}
	if checkCharacter(key, (row-1)%keyRows*SheetGroups+n, g[:4]) != g[4] {
		return "", fmt.Errorf("%s does not fit: a character was misread, or it stands in another place; look again at %s", where, g)
	}
	return g, nil
}

// sheetReading collects what is read from a sheet.
type sheetReading struct {
	of   int // how many rows the sheet says it has; 0: it does not say
	rows map[int]SheetRow
	errs []error
}

// ReadSheet reads a recovery sheet that was typed back, or a whole key file. Lines that
// are no row are passed over: the sheet's own words may be there. The error names every
// row and group that does not fit, one a line.
func ReadSheet(text string) (*Vault, error) {
	r := sheetReading{rows: map[int]SheetRow{}}
	for line := range strings.Lines(text) {
		if words := strings.Fields(line); len(words) > 0 && strings.EqualFold(words[0], "gehoor-key") {
			return decode([]byte(text))
		}
		r.line(strings.Fields(line))
	}
	r.complete()
	if len(r.errs) > 0 {
		return nil, errors.Join(r.errs...)
	}
	return r.vault()
}

func (r *sheetReading) wrong(format string, args ...any) {
	r.errs = append(r.errs, fmt.Errorf(format, args...))
}

// line reads a row: its number ("3/4" or "3"), its key, its groups.
func (r *sheetReading) line(words []string) {
	if len(words) < 3 {
		return
	}
	number, of, _ := strings.Cut(strings.TrimRight(words[0], ".:"), "/")
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > maxRows {
		return
	}
	row := SheetRow{Number: n, Key: strings.ToLower(words[1])}
	typed := words[2:]
	switch row.Key {
	case "root":
	case "epoch":
		row.Key += " " + words[2]
		typed = words[3:]
	default:
		return
	}
	if total, err := strconv.Atoi(of); err == nil {
		r.of = max(r.of, total)
	}
	if _, twice := r.rows[n]; twice {
		r.wrong("row %d stands there twice: every row of the sheet has a number of its own", n)
		return
	}
	row.Groups = r.groups(row, typed)
	r.rows[n] = row
}

// groups checks the groups of a row. When they are not seven words, the characters are
// counted off.
func (r *sheetReading) groups(row SheetRow, typed []string) []string {
	if len(typed) != SheetGroups {
		all := fold(strings.Join(typed, ""))
		if len(all) != 5*SheetGroups {
			r.wrong("row %d (%s) has %d characters, want %d: %d groups of 5", row.Number, row.Key, len(all), 5*SheetGroups, SheetGroups)
			return nil
		}
		for typed = nil; len(all) > 0; all = all[5:] {
			typed = append(typed, all[:5])
		}
	}
	var groups []string
	for i, word := range typed {
		g, err := ReadSheetGroup(row.Key, row.Number, i, word)
		if err != nil {
			r.errs = append(r.errs, err)
		}
		groups = append(groups, g)
	}
	return groups
}

// complete names the rows that are missing.
func (r *sheetReading) complete() {
	if len(r.rows) == 0 {
		r.wrong("there is no row of a recovery sheet in it: a row begins with its number and root or epoch, as in \"1/4 root ABCDE …\"")
		return
	}
	last := max(r.of, 2*keyRows) // a root and an epoch at least
	for n := range r.rows {
		last = max(last, n+n%keyRows)
	}
	for n := 1; n <= last; n++ {
		if _, ok := r.rows[n]; !ok {
			r.wrong("row %d of %d is missing", n, last)
		}
	}
}

// vault puts the keys together and checks each against its check group.
func (r *sheetReading) vault() (*Vault, error) {
	file, seen := []string{"gehoor-key 1"}, map[string]bool{}
	for n := 1; n <= len(r.rows); n += keyRows {
		first, second := r.rows[n], r.rows[n+1]
		if first.Key != second.Key || (n == 1) != (first.Key == "root") {
			return nil, fmt.Errorf("rows %d and %d are called %s and %s: rows 1 and 2 are the root, and each two rows after it one epoch", n, n+1, first.Key, second.Key)
		}
		if seen[first.Key] {
			return nil, fmt.Errorf("rows %d and %d are called %s, and so are two rows before them", n, n+1, first.Key)
		}
		seen[first.Key] = true
		var k strings.Builder
		for _, g := range slices.Concat(first.Groups, second.Groups) {
			k.WriteString(g[:4])
		}
		if _, err := decodeKey(first.Key, k.String()); err != nil {
			return nil, fmt.Errorf("rows %d and %d: %w", n, n+1, err)
		}
		file = append(file, first.Key+" "+k.String())
	}
	return decode([]byte(strings.Join(file, "\n")))
}
