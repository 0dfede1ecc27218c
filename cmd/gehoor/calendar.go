package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"gehoor/internal/calendar"
)

type calendarCmd struct {
	Question []string `arg:"" optional:"" help:"RECEIVED_ON N UNIT RULE, as in: 2026-06-06 14 day plain. Units: day, working_day, week, month, year. Rules: plain, roll_forward_atw (Algemene termijnenwet), target_house (the last working day on or before). Without a question: CSV on standard input, header received_on,n,unit,rule first; the rows come back with the date as last column."`
}

// Run answers one question from the arguments, or many from standard input.
func (c calendarCmd) Run(t terminal) error {
	if len(c.Question) == 0 {
		return answerAll(t.in, t.out)
	}
	q := c.Question
	if len(q) == 1 { // the whole question as one argument
		q = strings.Fields(q[0])
	}
	date, err := answer(q)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(t.out, date)
	return err
}

// answer answers one question of four words.
func answer(q []string) (calendar.Date, error) {
	if len(q) < 4 {
		return calendar.Date{}, fmt.Errorf("a question has four parts: received_on n unit rule, as in: 2026-06-06 14 day plain")
	}
	from, err := calendar.Parse(strings.TrimSpace(q[0]))
	if err != nil {
		return calendar.Date{}, err
	}
	n, err := strconv.Atoi(strings.TrimSpace(q[1]))
	if err != nil {
		return calendar.Date{}, fmt.Errorf("%q is not a whole number", q[1])
	}
	return calendar.Ask(from, calendar.Term{N: n, Unit: calendar.Unit(strings.TrimSpace(q[2]))}, calendar.Rule(strings.TrimSpace(q[3])))
}

// answerAll answers a CSV of questions. A row that cannot be answered is named with
// its line; nothing after it is read.
func answerAll(in io.Reader, out io.Writer) error {
	rows, write := csv.NewReader(in), csv.NewWriter(out)
	header, err := rows.Read()
	if err != nil || len(header) < 4 || header[0] != "received_on" || header[1] != "n" || header[2] != "unit" || header[3] != "rule" {
		return fmt.Errorf("the first line must be the header received_on,n,unit,rule")
	}
	if err := write.Write(append(header, "date")); err != nil {
		return err
	}
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return errors.Join(flushed(write), err)
		}
		date, err := answer(row)
		if err != nil {
			line, _ := rows.FieldPos(0)
			return errors.Join(flushed(write), fmt.Errorf("line %d: %w", line, err))
		}
		if err := write.Write(append(row, date.String())); err != nil {
			return err
		}
	}
	return flushed(write)
}

func flushed(w *csv.Writer) error {
	w.Flush()
	return w.Error()
}
