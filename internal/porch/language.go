package porch

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"gehoor/internal/page"
	"gehoor/internal/words"
)

// LanguagePath is where the switch of language lives; a door mounts it.
const LanguagePath = "/taal"

const languageCookie = "taal"

// switchField stands behind the address to which a form is sent only to be shown again in
// another language, with all that was typed.
const switchField = "taal"

// SwitchTo is that address.
func SwitchTo(action, lang string) string {
	return action + "?" + url.Values{switchField: {lang}}.Encode()
}

// Switches reports whether a form was sent only to be shown in another language: nothing is
// carried out.
func Switches(r *http.Request) bool { return switchesTo(r) != "" }

func switchesTo(r *http.Request) string {
	if r.Method != http.MethodPost || r.URL.RawQuery == "" {
		return ""
	}
	lang := r.URL.Query().Get(switchField)
	if !slices.Contains(words.Languages(), lang) {
		return ""
	}
	return lang
}

// asksFor finds the language of a visitor who is not logged in: what they chose here,
// else what their browser asks for, else Dutch.
func asksFor(r *http.Request) string {
	if c, err := r.Cookie(languageCookie); err == nil && slices.Contains(words.Languages(), c.Value) {
		return c.Value
	}
	return preferred(r.Header.Get("Accept-Language"))
}

// preferred picks our language that stands highest in an Accept-Language header.
func preferred(header string) string {
	best, weight := words.First, 0.0
	for item := range strings.SplitSeq(header, ",") {
		tag, params, _ := strings.Cut(strings.TrimSpace(item), ";")
		lang, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
		q := 1.0
		if _, value, ok := strings.Cut(params, "q="); ok {
			q, _ = strconv.ParseFloat(strings.TrimSpace(value), 64)
		}
		if q > weight && slices.Contains(words.Languages(), lang) {
			best, weight = lang, q
		}
	}
	return best
}

// Languages gives the switches to the other languages for a page's foot. They lead
// back to the same page, without its query: that may be personal. Who is logged in
// gets none: their account says the language, and is changed there.
func Languages(r *http.Request) []page.Language {
	if Who(r).Person.ID != "" {
		return nil
	}
	back := "/"
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		back = r.URL.Path
	}
	var others []page.Language
	for _, lang := range words.Languages() {
		if lang != Voice(r).Lang() {
			q := url.Values{"lang": {lang}, "terug": {LocalPath(back)}}
			others = append(others, page.Language{Code: lang, Href: LanguagePath + "?" + q.Encode()})
		}
	}
	return others
}

// Speak keeps the visitor's choice of language in a cookie; it changes nothing here.
func Speak(w http.ResponseWriter, r *http.Request, lang string) {
	if !slices.Contains(words.Languages(), lang) {
		return
	}
	http.SetCookie(w, &http.Cookie{Name: languageCookie, Value: lang, Path: "/", MaxAge: int((365 * 24 * time.Hour).Seconds()),
		HttpOnly: true, Secure: IsSecure(r), SameSite: http.SameSiteLaxMode})
}
