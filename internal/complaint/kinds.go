package complaint

// Channel is the way a complaint came in.
type Channel string

// The channels.
const (
	Post  Channel = "post"
	Email Channel = "email"
	Phone Channel = "phone"
	Form  Channel = "form"
)

// SubjectKind is what a complaint is about; one complaint may be about more than one.
type SubjectKind string

// The kinds of subject.
const (
	AboutProduct  SubjectKind = "product"
	AboutService  SubjectKind = "service"
	AboutEmployee SubjectKind = "employee"
	AboutOther    SubjectKind = "other"
)

// Member says whether the complainant is a member of the organisation.
type Member string

// The answers to "are you a member?". No answer at all is the empty string.
const (
	MemberYes     Member = "yes"
	MemberNo      Member = "no"
	MemberUnknown Member = "unknown"
)

// Level is the level of anonymity.
type Level string

// The levels of anonymity.
const (
	Confidential Level = "confidential" // staff work with "de klager"; the name is opened with a reason
	OpenName     Level = "open"         // the name may be used towards the employee
	Nameless     Level = "nameless"     // no identity is stored
)

// Role is what an account may be; roles add up.
type Role string

// The roles.
const (
	Helpdesk      Role = "helpdesk"
	Manager       Role = "manager"
	Director      Role = "director"
	Quality       Role = "quality"
	Administrator Role = "administrator"
)

// Roles lists them all, in the order of the permission table.
var Roles = []Role{Helpdesk, Manager, Director, Quality, Administrator}
