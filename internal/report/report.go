// Package report turns figures into tables, charts, spreadsheets and the yearly report.
package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"strconv"

	"github.com/xuri/excelize/v2"

	"gehoor/internal/calendar"
)

// Spreadsheet writes tables, row by row: memory does not grow with their length. A
// cell is a string, an int or a calendar.Date; anything else is a slip in the program.
type Spreadsheet struct{}

// Rows come by one at a time; an error ends the table.
type Rows = iter.Seq2[[]any, error]

// CSV writes a table as comma separated values, in UTF-8 with a byte order mark: without
// it Excel reads another alphabet.
func (Spreadsheet) CSV(w io.Writer, header []string, rows Rows) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	line := make([]string, len(header))
	for i, h := range header {
		line[i] = harmless(h)
	}
	if err := out.Write(line); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	for row, err := range rows {
		if err != nil {
			return err
		}
		line = line[:0]
		for _, cell := range row {
			text, err := inText(cell)
			if err != nil {
				return err
			}
			line = append(line, text)
		}
		if err := out.Write(line); err != nil {
			return fmt.Errorf("report: %w", err)
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}

func inText(cell any) (string, error) {
	switch c := cell.(type) {
	case string:
		return harmless(c), nil
	case int:
		return strconv.Itoa(c), nil
	case calendar.Date:
		return c.String(), nil
	}
	return "", fmt.Errorf("report: a cell cannot be a %T", cell)
}

// harmless keeps a spreadsheet from taking a text for a formula.
func harmless(s string) string {
	if s == "" {
		return s
	}
	switch s[0] {
	case '=', '+', '-', '@', '\t', '\r', '\n':
		return "'" + s
	}
	return s
}

// XLSX writes a table as an Excel workbook with one sheet. What does not fit in
// sixteen megabytes waits in a temporary file that is removed afterwards.
func (Spreadsheet) XLSX(w io.Writer, sheet string, header []string, rows Rows) (err error) {
	book := excelize.NewFile()
	defer func() {
		if shut := book.Close(); err == nil && shut != nil {
			err = fmt.Errorf("report: %w", shut)
		}
	}()
	if err := book.SetSheetName("Sheet1", sheet); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	dates, err := book.NewStyle(&excelize.Style{NumFmt: 14}) // the reader's own way to write a date
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	bold, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	if err := fillSheet(book, sheet, header, rows, dates, bold); err != nil {
		return err
	}
	if err := book.Write(w); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}

func fillSheet(book *excelize.File, sheet string, header []string, rows Rows, dates, bold int) error {
	out, err := book.NewStreamWriter(sheet)
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	if err := out.SetColWidth(1, max(1, len(header)), 16); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	line := make([]any, 0, len(header))
	for _, h := range header {
		line = append(line, excelize.Cell{StyleID: bold, Value: harmless(h)})
	}
	if err := out.SetRow("A1", line); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	n := 1
	for row, err := range rows {
		if err != nil {
			return err
		}
		n, line = n+1, line[:0]
		for _, cell := range row {
			value, err := inCell(cell, dates)
			if err != nil {
				return err
			}
			line = append(line, value)
		}
		if err := out.SetRow("A"+strconv.Itoa(n), line); err != nil {
			return fmt.Errorf("report: %w", err)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}

// Excel counts days; this one has number 36526.
var millennium = calendar.MustParse("2000-01-01")

const millenniumDay = 36526

func inCell(cell any, dates int) (any, error) {
	switch c := cell.(type) {
	case string:
		return harmless(c), nil
	case int:
		return c, nil
	case calendar.Date:
		if c.IsZero() {
			return nil, nil
		}
		return excelize.Cell{StyleID: dates, Value: millenniumDay + millennium.DaysUntil(c)}, nil
	}
	return nil, fmt.Errorf("report: a cell cannot be a %T", cell)
}
