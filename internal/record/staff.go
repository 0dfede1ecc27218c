package record

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
)

// Staff is an account of an employee.
type Staff struct {
	ID       complaint.Actor
	Name     string
	Email    string // log-in name, in lower case
	Function string
	Phone    string
	Roles    []complaint.Role
	Active   bool
	Password []byte // argon2id, encoded
	// MustChange says that the password is a start password that somebody else saw.
	MustChange bool
	Language   string // nl or en
	Days       Weekdays
	Quiet      bool // wants no word of work by e-mail
	At         time.Time
}

// Person gives the account as the law sees it.
func (s Staff) Person() complaint.Person {
	if !s.Active {
		return complaint.Person{}
	}
	return complaint.Person{ID: s.ID, Roles: s.Roles}
}

// Department is a part of the organisation that handles complaints.
type Department struct {
	ID      string          `json:"id"`
	Name    string          `json:"name"`
	Manager complaint.Actor `json:"manager"`
	Deputy  complaint.Actor `json:"deputy,omitempty"`
	Active  bool            `json:"active"`
}

// Session is a log-in. Only the hash of its token is kept.
type Session struct {
	Token   []byte // SHA-256 of the token
	ID      string // names it to its owner
	Waits   string // what its owner has still to give, or ""
	Staff   complaint.Actor
	Made    time.Time
	Seen    time.Time
	Expires time.Time
}

// Attempt counts failed log-ins of a name or an address, to slow down guessing.
type Attempt struct {
	Key      []byte // keyed hash of the log-in name
	Failures int
	Until    time.Time // no try is looked at before
}

// Organisation is what letters and pages say of the organisation. Whatever is empty
// is not promised.
type Organisation struct {
	Name         string    `json:"name"`
	Short        string    `json:"short,omitempty"`  // "het LSR"
	Postal       string    `json:"postal,omitempty"` // lines of the postal address
	Phone        string    `json:"phone,omitempty"`
	Email        string    `json:"email,omitempty"`
	OpeningHours string    `json:"opening_hours,omitempty"`
	ReplyNumber  string    `json:"reply_number,omitempty"` // antwoordnummer, for slips
	Procedures   []InForce `json:"procedures"`
	Fallback     string    `json:"intake_fallback,omitempty"`
	Retention    string    `json:"retention"`          // "24 month": how long after closing a person stays
	LogKept      string    `json:"log_kept,omitempty"` // "5 year": how long log lines stay
	ClosingDays  string    `json:"closing_days,omitempty"`
	Language     string    `json:"language,omitempty"`      // in which new accounts are spoken to
	SecondFactor bool      `json:"second_factor,omitempty"` // asked of everyone who reads dossiers
	NoNotices    bool      `json:"no_notices,omitempty"`    // nobody gets word of work by e-mail

	// Paragraphs are the own paragraphs in letters, by ParagraphKey.
	Paragraphs map[string]string `json:"own_paragraphs,omitempty"`
	// Contacts are who can be called about the complaints of a department.
	Contacts map[string]complaint.Actor `json:"contacts,omitempty"`

	// What the pages for everybody look like; empty is gehoor's own.
	Logo       string `json:"logo,omitempty"`      // the hash of a Logo
	LogoSize   string `json:"logo_size,omitempty"` // 400x120
	Accent     string `json:"accent,omitempty"`    // #0d5257: of links, buttons and the band
	AccentDark string `json:"accent_dark,omitempty"`
}

// ParagraphKey names the own paragraph of a kind of letter in a language.
func ParagraphKey(kind LetterKind, language string) string { return string(kind) + "." + language }

// FirstLanguage is in which a new account is spoken to.
func (o Organisation) FirstLanguage() string { return cmp.Or(o.Language, "nl") }

// LogTerm is how long log lines stay. What cannot be read counts as not said.
func (o Organisation) LogTerm() calendar.Term {
	n, unit, _ := strings.Cut(o.LogKept, " ")
	t := calendar.Term{Unit: calendar.Unit(unit)}
	var err error
	if t.N, err = strconv.Atoi(n); err != nil || t.N < 1 || t.Check() != nil {
		return DefaultLogTerm
	}
	return t
}

// ProcedureFile is an imported procedure version, word for word.
type ProcedureFile struct {
	ID        string
	Version   string
	ValidFrom string // 2026-07-01
	SHA256    string
	Text      []byte
	At        time.Time
	Actor     complaint.Actor
}

// SettingOrganisation names the setting that holds the Organisation.
const SettingOrganisation = "organisation"

// SettingSheet names the setting that says which recovery sheet was printed and read.
const SettingSheet = "recovery_sheet"

// Setting is a value of the organisation's settings; older values stay as history.
type Setting struct {
	ID    string
	Name  string
	Value string // JSON
	At    time.Time
	Actor complaint.Actor
}

// SetUp is what the first set-up writes, in one transaction, once.
type SetUp struct {
	Staff       []Staff
	Departments []Department
	Setting     Setting
	Log         []LogLine
}

// InForce says from which day a procedure is the organisation's.
type InForce struct {
	Procedure string `json:"procedure"`
	From      string `json:"from"` // 2026-07-01; "" from the beginning
}

// ProcedureOn names the procedure that is the organisation's on a day.
func (o Organisation) ProcedureOn(day string) string {
	id, from := "", ""
	for _, p := range o.Procedures {
		if p.From <= day && (id == "" || p.From >= from) {
			id, from = p.Procedure, p.From
		}
	}
	if id == "" && len(o.Procedures) > 0 {
		id = o.Procedures[0].Procedure
	}
	return id
}
