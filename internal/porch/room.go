package porch

import (
	"bufio"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// room is how much typed text of a form is still taken. Of a field that does not fit only
// the beginning is kept, so short that the fields behind it come in: who typed too much
// gets the form back.
type room struct {
	left, share int64
	over        bool
}

func newRoom(limit int64) *room { return &room{left: limit, share: limit / 2} }

// take gives what is kept of a text.
func (m *room) take(s string) string {
	if int64(len(s)) > m.left {
		m.over = true
		s = strings.ToValidUTF8(s[:min(m.left, m.share)], "")
	}
	m.left -= int64(len(s))
	return s
}

// pair reads up to the next & of a form without files, or to its end.
func (m *room) pair(body *bufio.Reader) (pair string, end bool, err error) {
	var kept []byte
	for {
		piece, err := body.ReadSlice('&')
		if fits := m.left + 2 - int64(len(kept)); int64(len(piece)) > fits { // one too many, and the &
			piece = piece[:fits]
		}
		kept = append(kept, piece...)
		var large *http.MaxBytesError
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.As(err, &large):
			m.over, err = true, io.EOF
		case err != nil && !errors.Is(err, io.EOF):
			return "", false, ErrBadRequest
		}
		whole := strings.TrimSuffix(string(kept), "&")
		if pair = m.take(whole); pair != whole { // half a sign is none
			if at := strings.LastIndexByte(pair, '%'); at >= 0 && at > len(pair)-3 {
				pair = pair[:at]
			}
		}
		return pair, err != nil, nil
	}
}

// addPair adds a field as it is written in a form without files.
func addPair(values url.Values, pair string) error {
	one, err := url.ParseQuery(pair)
	if err != nil {
		return ErrBadRequest
	}
	for name, list := range one {
		values[name] = append(values[name], list...)
	}
	return nil
}

// checked is the form as it is handed over.
func (m *room) checked(form Form) (Form, error) {
	if !m.over {
		return checked(form.Values)
	}
	for name, list := range form.Values { // a sign may have been cut in two
		for i, s := range list {
			form.Values[name][i] = strings.ToValidUTF8(s, "")
		}
	}
	form, _ = checked(form.Values) // what is no text was replaced
	return form, ErrTooLarge
}
