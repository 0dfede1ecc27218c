package porch

import (
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"gehoor/internal/complaint"
	"gehoor/internal/page"
)

// The addresses of log-in, as every staff page uses them; a door mounts them.
const (
	LogInPath    = "/inloggen"
	PasswordPath = "/wachtwoord"
)

// sessionCookie is the name of the cookie with the session token. With TLS the browser
// itself makes sure that nobody else sets it (__Host-).
func sessionCookie(r *http.Request) string {
	if IsSecure(r) {
		return "__Host-gehoor"
	}
	return "gehoor"
}

// Token gives the session token that a request carries, or "".
func Token(r *http.Request) string {
	c, err := r.Cookie(sessionCookie(r))
	if err != nil {
		return ""
	}
	return c.Value
}

// Remember gives the browser the token of a new session. It ends with the browser.
func Remember(w http.ResponseWriter, r *http.Request, token string) {
	http.SetCookie(w, &http.Cookie{Name: sessionCookie(r), Value: token, Path: "/", HttpOnly: true, Secure: IsSecure(r), SameSite: http.SameSiteLaxMode})
}

// Forget takes the token away.
func Forget(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, &http.Cookie{Name: sessionCookie(r), Path: "/", MaxAge: -1, HttpOnly: true, Secure: IsSecure(r), SameSite: http.SameSiteLaxMode})
}

// Staff lets only people in who are logged in and chose a password of their own.
// Others are sent to log in, and come back; what they posted is kept.
func (p *Porch) Staff(h Handler) Handler {
	return p.LoggedIn(func(w http.ResponseWriter, r *http.Request) error {
		if Who(r).Staff.MustChange {
			return SeeOther(w, r, PasswordPath)
		}
		return h(w, r)
	})
}

// LoggedIn is Staff without the question whether the password is their own: for the
// page where it is changed, and for logging out.
func (p *Porch) LoggedIn(h Handler) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v := of(r)
		switch {
		case v.whoErr != nil && !complaint.IsKind(v.whoErr, complaint.NotFound):
			return v.whoErr
		case v.who.Person.ID != "":
			return h(w, r)
		case r.Method == http.MethodGet || r.Method == http.MethodHead:
			return SeeOther(w, r, LogInPath+"?"+url.Values{"terug": {LocalPath(r.URL.Path)}}.Encode())
		}
		again, err := Keep(r)
		if err != nil {
			return err
		}
		return Show(w, r, http.StatusUnauthorized, p.Pages.LogInAgain(r, again))
	}
}

// Again is a form that was posted after the session ended. It goes along with the
// log-in and can be sent once more afterwards.
type Again struct {
	URL   string   // where the form was posted to
	Kept  string   // what was typed, for one hidden field; "" when nothing could be kept
	Files []string // the names of its files: these must be chosen anew
}

// ChooseField names, in a form that is sent once more, a file that must be chosen anew.
// Whoever gets it shows the form, and carries nothing out.
const ChooseField = "kies-opnieuw"

// Keep takes what was typed, but no passwords (fields with "password" in their name)
// and no files.
func Keep(r *http.Request) (Again, error) {
	again := Again{URL: LocalPath(r.URL.Path)}
	read := func(r *http.Request) (Form, error) { return ReadFormUpTo(r, maxKept) }
	if mediaType(r) == "multipart/form-data" {
		read = again.readParts
	}
	form, err := read(r)
	if err != nil && !complaint.IsKind(err, complaint.Invalid) {
		return again, err
	}
	for name := range form.Values {
		if strings.Contains(name, "password") {
			form.Values.Del(name)
		}
	}
	form.Values.Del(ChooseField)
	for _, name := range again.Files {
		form.Values.Add(ChooseField, name)
	}
	again.Kept = form.Kept()
	return again, nil
}

// Kept gives what was typed for one hidden field: Typed reads it.
func (f Form) Kept() string { return base64.RawURLEncoding.EncodeToString([]byte(f.Values.Encode())) }

// readParts reads what was typed in a form with files, and the names of those. Files
// that are too large together cost nothing of the rest: they stand last.
func (a *Again) readParts(r *http.Request) (Form, error) {
	var large *http.MaxBytesError
	form := Form{Values: url.Values{}}
	parts, err := r.MultipartReader()
	if err != nil {
		return form, ErrBadRequest
	}
	left := int64(maxKept)
	for range maxFields {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) || errors.As(err, &large) {
			return checked(form.Values)
		}
		if err != nil {
			return form, readError(err)
		}
		if _, isFile := fileName(part); isFile {
			if part.FileName() != "" {
				a.Files = append(a.Files, baseName(part.FileName()))
			}
			continue // NextPart passes over its content
		}
		value, err := io.ReadAll(io.LimitReader(part, left+1))
		if err != nil {
			return form, readError(err)
		}
		if left -= int64(len(value)); left < 0 {
			return form, ErrTooLarge
		}
		form.Values.Add(part.FormName(), string(value))
	}
	return form, ErrTooLarge
}

// Restore gives the fields of a kept form, to send once more, to the one it was shown
// to. For anybody else it is gone: it may be about them. What cannot be read is
// nothing: it came from a visitor.
func Restore(kept string, owner complaint.Actor) []page.Hidden {
	values := Typed(kept).Values
	if owner == "" || values.Get(page.OwnerField) != string(owner) {
		return nil
	}
	var fields []page.Hidden
	values.Del(page.OwnerField) // the form that is shown now carries it anew
	for name, list := range values {
		for _, value := range list {
			fields = append(fields, page.Hidden{Name: name, Value: value})
		}
	}
	return fields
}

// Typed gives what was kept of a form. What cannot be read is an empty form: it came from a
// visitor.
func Typed(kept string) Form {
	text, err := base64.RawURLEncoding.DecodeString(kept)
	values, wrong := url.ParseQuery(string(text))
	if err != nil || wrong != nil {
		return Form{Values: url.Values{}}
	}
	form, _ := checked(values) // what is no text is replaced
	return form
}

// maxKept is how many bytes of a form are kept: more than any form takes, so that a text
// that is too long comes back too.
const maxKept = 4 << 20

// MaxAgain is how large a log-in form with a kept form in it may be.
const MaxAgain = 2 * maxKept
