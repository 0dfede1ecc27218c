package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"gehoor/internal/house"
	"gehoor/internal/vault"
)

type keyCmd struct {
	Sheet           keySheetCmd       `cmd:"" help:"Print the recovery sheet: the keys in groups that can be typed back, for paper in a safe."`
	Restore         keyRestoreCmd     `cmd:"" help:"Write the key file from a recovery sheet: typed group by group, or read from standard input."`
	New             keyNewCmd         `cmd:"" help:"Make the key file of an empty register. Never over existing data."`
	ShowFingerprint keyFingerprintCmd `cmd:"" help:"Print the fingerprint of the key file, to compare with a sheet or a backup."`
}

type keySheetCmd struct {
	place
	Language string `help:"The sheet's language: nl or en." enum:"nl,en" default:"nl"`
}

// Run prints the sheet. It is secret: it goes to standard output only.
func (c keySheetCmd) Run(t terminal) error {
	sheet, err := house.Sheet(c.config(nil), c.Language, version())
	if err != nil {
		return err
	}
	_, err = io.WriteString(t.out, sheet)
	return err
}

type keyNewCmd struct{ place }

// Run makes a key file.
func (c keyNewCmd) Run(ctx context.Context, t terminal) error {
	fingerprint, err := house.NewKey(ctx, c.config(nil))
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(t.out, "A new key file was made, fingerprint %s. Without it the register cannot be read.\nPrint its recovery sheet now (gehoor key sheet) and copy the key file to every other node.\n", fingerprint)
	return err
}

type keyFingerprintCmd struct{ place }

// Run prints the fingerprint and nothing else.
func (c keyFingerprintCmd) Run(t terminal) error {
	v, err := c.config(nil).Key()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(t.out, v.Fingerprint())
	return err
}

type keyRestoreCmd struct{ place }

// Run reads a sheet: typed at a terminal it asks group by group, else it reads the text
// of a sheet or of a key file.
func (c keyRestoreCmd) Run(ctx context.Context, t terminal) error {
	v, err := c.read(t)
	if err != nil {
		return err
	}
	known, err := house.KeepKey(ctx, c.config(nil), v)
	if err != nil {
		return err
	}
	fmt.Fprintf(t.out, "The key file was written, fingerprint %s.\n", v.Fingerprint())
	if known {
		_, err = fmt.Fprintln(t.out, "It is the key of this register.")
	} else {
		_, err = fmt.Fprintln(t.out, "There is no register here yet to compare it with: compare the fingerprint with the sheet, or with backup.txt of a backup.")
	}
	return err
}

func (c keyRestoreCmd) read(t terminal) (*vault.Vault, error) {
	if isTerminal(t.in) {
		return typist{bufio.NewReader(t.in), t.out}.sheet()
	}
	text, err := io.ReadAll(io.LimitReader(t.in, 1<<20))
	if err != nil {
		return nil, err
	}
	v, err := vault.ReadSheet(string(text))
	if err != nil {
		return nil, fmt.Errorf("the sheet does not read well:\n%w\nNothing was written", err)
	}
	return v, nil
}

// isTerminal reports whether a person types there.
func isTerminal(in io.Reader) bool {
	f, ok := in.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// typist asks a person for the groups of a sheet, one by one.
type typist struct {
	in  *bufio.Reader
	out io.Writer
}

func (p typist) ask(format string, args ...any) (string, error) {
	fmt.Fprintf(p.out, format, args...)
	line, err := p.in.ReadString('\n')
	if err != nil && (line == "" || !errors.Is(err, io.EOF)) {
		return "", fmt.Errorf("the typing ended before the sheet did (%w): nothing was written", err)
	}
	return strings.TrimSpace(line), nil
}

// number asks for a number; Enter takes the usual one.
func (p typist) number(usual, least, most int, question string, args ...any) (int, error) {
	for {
		typed, err := p.ask("%s (Enter: %d): ", fmt.Sprintf(question, args...), usual)
		if err != nil || typed == "" {
			return usual, err
		}
		if n, err := strconv.Atoi(typed); err == nil && n >= least && n <= most {
			return n, nil
		}
		fmt.Fprintf(p.out, "  %q is no number from %d to %d\n", typed, least, most)
	}
}

// sheet asks for a whole sheet. A group that does not fit is asked again at once.
func (p typist) sheet() (*vault.Vault, error) {
	fmt.Fprintln(p.out, "Type the recovery sheet, group by group. Small letters will do. Stop with Ctrl-C: nothing is written before the last group.")
	rows, err := p.number(4, 4, 400, "How many rows has the sheet? It is the number after the /")
	if err != nil {
		return nil, err
	}
	var text strings.Builder
	key := "root"
	for row := 1; row <= rows; row++ {
		if row > 2 && row%2 == 1 {
			epoch, err := p.number((row-1)/2, 1, 1<<31-1, "Row %d is of epoch number", row)
			if err != nil {
				return nil, err
			}
			key = fmt.Sprintf("epoch %d", epoch)
		}
		groups, err := p.row(key, row)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&text, "%d/%d %s %s\n", row, rows, key, strings.Join(groups, " "))
	}
	return vault.ReadSheet(text.String())
}

func (p typist) row(key string, row int) ([]string, error) {
	var groups []string
	for len(groups) < vault.SheetGroups {
		typed, err := p.ask("row %d (%s), group %d: ", row, key, len(groups)+1)
		if err != nil {
			return nil, err
		}
		group, err := vault.ReadSheetGroup(key, row, len(groups), typed)
		if err != nil {
			fmt.Fprintf(p.out, "  %v\n", err)
			continue
		}
		groups = append(groups, group)
	}
	return groups, nil
}
