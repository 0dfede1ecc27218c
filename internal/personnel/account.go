package personnel

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// The languages an account can be spoken to in.
var languages = []string{"nl", "en"}

// ChangeLanguage keeps in which language a person wants to be spoken to.
func (p *Personnel) ChangeLanguage(ctx context.Context, who complaint.Person, language string) error {
	if !slices.Contains(languages, language) {
		return complaint.Mistakes{{Kind: complaint.Invalid, Field: "language", Key: "error.unknown_choice"}}
	}
	if who.ID == "" {
		return complaint.ErrNotFound
	}
	if err := p.Cupboard.SaveLanguage(ctx, who.ID, language); err != nil {
		return fmt.Errorf("personnel: change language: %w", err)
	}
	return nil
}

// WantNotices keeps whether a person wants word of work by e-mail.
func (p *Personnel) WantNotices(ctx context.Context, who complaint.Person, wants bool) error {
	if who.ID == "" {
		return complaint.ErrNotFound
	}
	return wrapped("notices", p.Cupboard.SaveQuiet(ctx, who.ID, !wants))
}

// NewPassword is what a person types to get another password.
type NewPassword struct{ Old, New, Again string }

// ChangePassword gives a person another password. Other sessions of that person end;
// the one with token goes on. It is one transaction: whoever got in with the old password
// is never left inside with the new one in force.
func (p *Personnel) ChangePassword(ctx context.Context, staff record.Staff, token string, n NewPassword) error {
	var m complaint.Mistakes
	mayBe(&m, "password", n.New, staff.Email)
	if n.New != n.Again {
		m.Add("password_again", "error.password_same")
	}
	if n.New != "" && n.New == n.Old {
		m.Add("password", "error.password_old")
	}
	if err := p.oldPassword(ctx, &m, staff, n.Old); err != nil {
		return err
	}
	if err := m.Err(); err != nil {
		return err
	}
	hash, err := p.Passwords.Hash(n.New)
	if err != nil {
		return fmt.Errorf("personnel: change password: %w", err)
	}
	err = p.Cupboard.ReplacePassword(ctx, staff.ID, staff.Password, hash, p.Tokens.Kept(token), p.line(staff.ID, "change_password", "done"))
	if errors.Is(err, record.ErrLost) { // a double click: the other one did it
		return nil
	}
	return wrapped("change password", err)
}

// oldPassword checks the password of now, and slows down who guesses it: somebody may
// have found the screen open.
func (p *Personnel) oldPassword(ctx context.Context, m *complaint.Mistakes, staff record.Staff, old string) error {
	key := p.Index("change password", string(staff.ID))
	turn := &p.turns[int(key[0])%len(p.turns)]
	turn.Lock()
	defer turn.Unlock()
	tries, err := p.tries(ctx, key)
	var wait *complaint.Error
	if errors.As(err, &wait) && wait.Kind == complaint.Refused {
		m.Add("old", wait.Key, wait.Args...)
		return nil
	}
	if err != nil {
		return err
	}
	if ok, _ := p.Passwords.Verify(staff.Password, old); ok {
		tries.Failures = 0
	} else {
		m.Add("old", "error.password_wrong")
		tries.Failures++
		tries.Until = p.Now().Add(waitAfter(tries.Failures))
	}
	if err := p.Cupboard.SaveAttempt(ctx, tries); err != nil {
		return fmt.Errorf("personnel: change password: %w", err)
	}
	return nil
}

// How long a password is. Long beats strange: there are no rules about signs.
const (
	shortestPassword = 12
	longestPassword  = 200
)

// mayBe notes why a password cannot be used.
func mayBe(m *complaint.Mistakes, field, password, email string) {
	switch length := utf8.RuneCountInString(password); {
	case password == "":
		m.Add(field, "error.required")
	case length < shortestPassword:
		m.Add(field, "error.password_short", "Min", shortestPassword)
	case length > longestPassword:
		m.Add(field, "error.too_long", "Max", longestPassword)
	case normal(password) == normal(email):
		m.Add(field, "error.password_email")
	case isCommon(password):
		m.Add(field, "error.password_common")
	}
}

// isCommon finds what is tried first: few different signs, a row of the keyboard, the
// word itself.
func isCommon(password string) bool {
	low := strings.ToLower(password)
	different := map[rune]bool{}
	for _, r := range low {
		different[r] = true
	}
	if len(different) < 5 {
		return true
	}
	for _, row := range []string{"01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm"} {
		if strings.Contains(row, low) {
			return true
		}
	}
	rest := low
	for _, word := range []string{"wachtwoord", "welkom", "password", "welcome", "gehoor", "klacht", "geheim"} {
		rest = strings.ReplaceAll(rest, word, "")
	}
	return rest != low && len(strings.Trim(rest, "0123456789!@#.-_ ")) < 4
}
