package office

import (
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

var dutchPostcode = regexp.MustCompile(`^([1-9][0-9]{3})\s*([A-Za-z]{2})$`)

// checkIdentity checks and tidies an identity as typed. What is missing is no
// mistake; what cannot be right is.
func checkIdentity(m *complaint.Mistakes, i *record.Identity) {
	for _, f := range []struct {
		field string
		value *string
	}{
		{"name", &i.Name}, {"salutation", &i.Salutation}, {"organisation", &i.Organisation}, {"their_ref", &i.TheirRef},
		{"member_number", &i.MemberNumber}, {"street", &i.Street}, {"house", &i.House}, {"postcode", &i.Postcode},
		{"town", &i.Town}, {"country", &i.Country}, {"phone", &i.Phone}, {"email", &i.Email}, {"copy", &i.Copy}, {"unknown", &i.Unknown},
		{"not_before", &i.NotBefore}, {"caller_name", &i.Caller.Name}, {"caller_relation", &i.Caller.Relation},
		{"caller_phone", &i.Caller.Phone}, {"reader_name", &i.Reader.Name}, {"reader_relation", &i.Reader.Relation},
		{"reader_email", &i.Reader.Email}, {"mobile", &i.Mobile},
		{"deputy_name", &i.Deputy.Name}, {"deputy_salutation", &i.Deputy.Salutation}, {"deputy_relation", &i.Deputy.Relation},
		{"deputy_ground", &i.Deputy.Ground}, {"deputy_street", &i.Deputy.Street}, {"deputy_house", &i.Deputy.House},
		{"deputy_postcode", &i.Deputy.Postcode}, {"deputy_town", &i.Deputy.Town}, {"deputy_phone", &i.Deputy.Phone},
		{"deputy_email", &i.Deputy.Email},
	} {
		checkLine(m, f.field, f.value)
	}
	checkOthers(m, i)
	checkPostcode(m, i)
	checkEmail(m, "email", i.Email)
	checkEmail(m, "copy", i.Copy)
	checkEmail(m, "reader_email", i.Reader.Email)
	checkEmail(m, "deputy_email", i.Deputy.Email)
	for _, f := range []struct{ field, number string }{{"phone", i.Phone}, {"mobile", i.Mobile}, {"deputy_phone", i.Deputy.Phone}} {
		if f.number != "" && strings.Count(digits(f.number), "") < 5 {
			m.Add(f.field, "error.phone")
		}
	}
	switch i.PointSize {
	case 0, 12, 16, 20:
	default:
		m.Add("point_size", "error.choose")
	}
}

func checkLine(m *complaint.Mistakes, field string, s *string) {
	if !utf8.ValidString(*s) || strings.ContainsRune(*s, 0) {
		m.Add(field, "error.invalid_text")
		return
	}
	*s = strings.Join(strings.Fields(*s), " ")
	if utf8.RuneCountInString(*s) > complaint.MaxLine {
		m.Add(field, "error.too_long", "Max", complaint.MaxLine)
	}
}

// mostOthers is how many people may be named beside the contact of a group.
const mostOthers = 60

// checkOthers tidies the names of a group: one on a line, each once.
func checkOthers(m *complaint.Mistakes, i *record.Identity) {
	switch i.Kind {
	case "", record.Firm:
		if strings.TrimSpace(i.Others) != "" {
			i.Kind = record.Group // whoever names several people complains with them
		}
	case record.Group:
	default:
		m.Add("kind", "error.choose")
	}
	var names []string
	for _, name := range i.Names() {
		checkLine(m, "others", &name)
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if len(names) > mostOthers {
		m.Add("others", "error.too_long", "Max", mostOthers)
	}
	i.Others = strings.Join(names, "\n")
}

// checkPostcode takes a Dutch postcode in any spelling and writes it as 1234 AB;
// another country has its own.
func checkPostcode(m *complaint.Mistakes, i *record.Identity) {
	if i.Postcode == "" || i.IsAbroad() {
		return
	}
	parts := dutchPostcode.FindStringSubmatch(i.Postcode)
	if parts == nil {
		m.Add("postcode", "error.postcode")
		return
	}
	i.Postcode = parts[1] + " " + strings.ToUpper(parts[2])
}

func checkEmail(m *complaint.Mistakes, field, s string) {
	if s == "" {
		return
	}
	if a, err := mail.ParseAddress(s); err != nil || a.Address != s || !strings.Contains(s[strings.LastIndex(s, "@"):], ".") {
		m.Add(field, "error.email")
	}
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// nineDigits finds nine digits, with dots or spaces between them perhaps, that are no
// part of a longer number: a telephone number is none.
var nineDigits = regexp.MustCompile(`\b[0-9](?:[ .]?[0-9]){8}\b`)

// HasBSN reports whether a text holds a number that passes the test of a
// burgerservicenummer (elfproef, Besluit burgerservicenummer, article 2): a warning to
// leave it out.
func HasBSN(text string) bool {
	for _, found := range nineDigits.FindAllString(text, -1) {
		sum := 0
		for k, d := range strings.NewReplacer(".", "", " ", "").Replace(found) {
			weight := 9 - k
			if k == 8 {
				weight = -1
			}
			sum += weight * int(d-'0')
		}
		if sum != 0 && sum%11 == 0 {
			return true
		}
	}
	return false
}
