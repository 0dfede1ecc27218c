package record

import (
	"slices"
	"strings"

	"gehoor/internal/calendar"
)

// Identity is who the complainant is and how to reach them. It exists in plaintext
// in memory only; the register keeps it sealed under the identity key.
type Identity struct {
	V            int    `json:"v"`
	Kind         string `json:"kind,omitempty"`       // "": a person; Group or Firm
	Name         string `json:"name,omitempty"`       // of the complainant, or the one contact of a group or organisation
	Others       string `json:"others,omitempty"`     // everybody else who complains, one name on a line
	Salutation   string `json:"salutation,omitempty"` // form of address: "mevrouw Brugsma"
	Organisation string `json:"organisation,omitempty"`
	TheirRef     string `json:"their_ref,omitempty"` // "uw kenmerk"
	MemberNumber string `json:"member_number,omitempty"`

	Street   string `json:"street,omitempty"`
	House    string `json:"house,omitempty"`
	Postcode string `json:"postcode,omitempty"`
	Town     string `json:"town,omitempty"`
	Country  string `json:"country,omitempty"`
	Phone    string `json:"phone,omitempty"`
	Mobile   string `json:"mobile,omitempty"`
	Email    string `json:"email,omitempty"`
	Unknown  string `json:"unknown,omitempty"` // why name, address or telephone is not known

	Way       string `json:"way,omitempty"`        // email, letter or phone
	PointSize int    `json:"point_size,omitempty"` // 12, 16 or 20
	NotBefore string `json:"not_before,omitempty"` // "liever niet voor 10 uur"
	TellLater bool   `json:"tell_later,omitempty"` // wants to hear what changed
	Language  string `json:"language,omitempty"`
	// Copy is the address of a second person who gets our e-mail too: the complainant put
	// them on CC, and somebody chose to keep them.
	Copy string `json:"copy,omitempty"`

	Caller   Caller   `json:"caller,omitzero"`
	Reader   Reader   `json:"reader,omitzero"`
	Deputy   Deputy   `json:"deputy,omitzero"`
	Relative Relative `json:"relative,omitzero"`
}

// Deputy is who stands in for the complainant towards us: a contact person receives the
// post, with the complainant's recorded consent; a legal representative also acts.
type Deputy struct {
	Kind       string        `json:"kind,omitempty"` // ContactPerson or Representative
	Name       string        `json:"name,omitempty"`
	Salutation string        `json:"salutation,omitempty"`
	Relation   string        `json:"relation,omitempty"`
	Ground     string        `json:"ground,omitempty"` // what a representation rests on: "mentor", "curator"
	Street     string        `json:"street,omitempty"`
	House      string        `json:"house,omitempty"`
	Postcode   string        `json:"postcode,omitempty"`
	Town       string        `json:"town,omitempty"`
	Phone      string        `json:"phone,omitempty"`
	Email      string        `json:"email,omitempty"`
	ConsentOn  calendar.Date `json:"consent_on,omitzero"` // of the complainant
	ConsentHow string        `json:"consent_how,omitempty"`
}

// The kinds of deputies.
const (
	ContactPerson  = "contact"
	Representative = "representative"
)

// HasAddress reports whether a letter can reach the deputy.
func (d Deputy) HasAddress() bool { return d.Name != "" && d.Street != "" && d.Town != "" }

// HasPost reports whether letters go to the deputy: there is consent, or the law.
func (d Deputy) HasPost() bool {
	return d.Name != "" && (d.Kind == Representative || !d.ConsentOn.IsZero()) && (d.Email != "" || d.HasAddress())
}

// ForPost gives the identity as letters use it: with the address of the deputy who has
// the post.
func (i Identity) ForPost() Identity {
	d := i.Deputy
	if !d.HasPost() {
		return i
	}
	i.Organisation, i.Country, i.Copy = "", "", ""
	i.Name, i.Salutation, i.Street, i.House, i.Postcode, i.Town, i.Email = d.Name, d.Salutation, d.Street, d.House, d.Postcode, d.Town, d.Email
	if i.Salutation == "" {
		i.Salutation = d.Name
	}
	return i
}

// Relative is somebody who was left behind when the complainant died.
type Relative struct {
	Deceased   string `json:"deceased,omitempty"` // who died, as the relative says it: "uw moeder"
	Name       string `json:"name,omitempty"`
	Salutation string `json:"salutation,omitempty"`
	Street     string `json:"street,omitempty"`
	House      string `json:"house,omitempty"`
	Postcode   string `json:"postcode,omitempty"`
	Town       string `json:"town,omitempty"`
}

// ForRelative is who gets the post about the complaint of somebody who died: the
// relative, by letter. What else is known of the complainant is not used.
func (i Identity) ForRelative() Identity {
	r := i.Relative
	return Identity{Name: r.Name, Salutation: r.Salutation, Street: r.Street, House: r.House, Postcode: r.Postcode, Town: r.Town,
		Way: "letter", Language: i.Language}
}

// IdentityVersion is the version of the sealed record that this program writes. Version 1
// had no kind and no others; it reads as a person.
const IdentityVersion = 2

// The kinds of complainant who are not one person.
const (
	Group = "group"        // a client council or other group: one contact, counts as one
	Firm  = "organisation" // an organisation, with a contact person
)

// Names gives everybody else who complains.
func (i Identity) Names() []string {
	return slices.DeleteFunc(strings.Split(i.Others, "\n"), func(s string) bool { return strings.TrimSpace(s) == "" })
}

// Without gives the identity without one of the others; false when nobody is called so.
func (i Identity) Without(name string) (Identity, bool) {
	names := i.Names()
	left := slices.DeleteFunc(slices.Clone(names), func(s string) bool { return s == name })
	i.Others = strings.Join(left, "\n")
	return i, name != "" && len(left) < len(names)
}

// Surnames gives the surnames of all who complain: none may stand in a title.
func (i Identity) Surnames() []string {
	all := []string{i.Surname()}
	for _, name := range i.Names() {
		all = append(all, Identity{Name: name}.Surname())
	}
	return all
}

// Caller is who telephoned, when that is not the complainant.
type Caller struct {
	Name     string `json:"name,omitempty"`
	Relation string `json:"relation,omitempty"`
	Knows    bool   `json:"knows,omitempty"`    // the complainant knows of it
	MayCall  bool   `json:"may_call,omitempty"` // we may call the complainant
	Phone    string `json:"phone,omitempty"`
}

// Called is how a letter names them: "Els Veenhof (dochter)".
func (c Caller) Called() string {
	if c.Name == "" || c.Relation == "" {
		return c.Name
	}
	return c.Name + " (" + c.Relation + ")"
}

// Reader reads one text and confirms it; nothing else.
type Reader struct {
	Name     string `json:"name,omitempty"`
	Relation string `json:"relation,omitempty"`
	Email    string `json:"email,omitempty"`
	Consent  bool   `json:"consent,omitempty"`
}

// Missing names the parts of item 3 of the register that are not known. A reason why
// something is unknown stands in for it.
func (i Identity) Missing() []string {
	if strings.TrimSpace(i.Unknown) != "" {
		return nil
	}
	var missing []string
	house, postcode := i.House, i.Postcode
	if i.IsAbroad() { // not every country has them, or apart
		house, postcode = "-", "-"
	}
	parts := []struct{ name, value string }{
		{"name", i.Name + i.Organisation}, {"street", i.Street}, {"house", house},
		{"postcode", postcode}, {"town", i.Town}, {"phone", i.Phone + i.Mobile},
	}
	switch i.Kind { // one contact, and everybody named
	case Group:
		parts = append(parts, struct{ name, value string }{"contact", i.Name}, struct{ name, value string }{"others", i.Others})
	case Firm:
		parts = append(parts, struct{ name, value string }{"contact", i.Name}, struct{ name, value string }{"organisation", i.Organisation})
	}
	for _, part := range parts {
		if strings.TrimSpace(part.value) == "" {
			missing = append(missing, part.name)
		}
	}
	return missing
}

// home is what people call the Netherlands, in lower case.
var home = []string{"", "nederland", "nl", "nl.", "ned.", "holland", "netherlands", "the netherlands"}

// IsAbroad reports whether the address is in another country, with postcodes of its own.
func (i Identity) IsAbroad() bool {
	return !slices.Contains(home, strings.ToLower(strings.TrimSpace(i.Country)))
}

// HasAddress reports whether a letter can reach the complainant.
func (i Identity) HasAddress() bool {
	return i.Street != "" && i.Town != "" && (i.Name != "" || i.Organisation != "")
}

// Window gives the lines of the envelope's window: name and address, nothing else.
func (i Identity) Window() []string {
	name := []string{i.Organisation, i.Name}
	if i.Organisation == "" {
		name = []string{i.Name}
	}
	lines := append(name, strings.TrimSpace(i.Street+" "+i.House), strings.TrimSpace(i.Postcode+"  "+strings.ToUpper(i.Town)), i.Country)
	return slices.DeleteFunc(lines, func(s string) bool { return strings.TrimSpace(s) == "" })
}

// Surname is the last word of the name: for the check that no title holds it.
func (i Identity) Surname() string {
	words := strings.Fields(i.Name)
	if len(words) == 0 {
		return ""
	}
	return words[len(words)-1]
}

// Changed names the fields that differ, never their values.
func (i Identity) Changed(from Identity) []string {
	var fields []string
	for _, f := range []struct {
		name    string
		was, is any
	}{
		{"kind", from.Kind, i.Kind}, {"name", from.Name, i.Name}, {"others", from.Others, i.Others}, {"salutation", from.Salutation, i.Salutation},
		{"organisation", from.Organisation, i.Organisation}, {"their_ref", from.TheirRef, i.TheirRef},
		{"member_number", from.MemberNumber, i.MemberNumber},
		{"street", from.Street, i.Street}, {"house", from.House, i.House},
		{"postcode", from.Postcode, i.Postcode}, {"town", from.Town, i.Town}, {"country", from.Country, i.Country},
		{"phone", from.Phone, i.Phone}, {"mobile", from.Mobile, i.Mobile}, {"email", from.Email, i.Email}, {"unknown", from.Unknown, i.Unknown},
		{"way", from.Way, i.Way}, {"point_size", from.PointSize, i.PointSize}, {"not_before", from.NotBefore, i.NotBefore},
		{"tell_later", from.TellLater, i.TellLater}, {"language", from.Language, i.Language}, {"copy", from.Copy, i.Copy},
		{"caller", from.Caller, i.Caller}, {"reader", from.Reader, i.Reader}, {"deputy", from.Deputy, i.Deputy},
		{"relative", from.Relative, i.Relative},
	} {
		if f.was != f.is {
			fields = append(fields, f.name)
		}
	}
	return fields
}
