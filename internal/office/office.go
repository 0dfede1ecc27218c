// Package office holds the course of a dossier: one method per task.
//
// A task looks at the dossier through the eyes of who asks (Sight), asks the law
// whether it may and what follows, seals what must be sealed, chains it, and hands
// the register one Change. Looking goes through here too: it must be permitted,
// unsealed and noted.
package office

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
	"gehoor/internal/seal"
)

// Register keeps courses: what one task writes, it writes whole.
type Register interface {
	Write(ctx context.Context, c ...record.Change) error
	Dossier(ctx context.Context, id string, sight complaint.Sight) (record.Dossier, error)
	Course(ctx context.Context, id string) ([]record.Event, error)
	Identity(ctx context.Context, id string) (record.IdentityRow, error)
	Barred(ctx context.Context, id string) ([][]byte, error)
	Alike(ctx context.Context, sight complaint.Sight, hashes [][]byte) ([]string, error)
	Requested(ctx context.Context, key string) (string, record.Request, error)
	NumberTaken(ctx context.Context, number string) (bool, error)
	NumbersIn(ctx context.Context, year int) (int, error)
}

// Index finds dossiers of a person by keyed hashes.
type Index interface {
	AuditIDs(ctx context.Context) ([]string, error)
	FoundBy(ctx context.Context, sight complaint.Sight, hashes [][]byte) ([]record.Found, error)
	IndexVersion(ctx context.Context) (int, error)
	SetIndexVersion(ctx context.Context, n int) error
	Reindex(ctx context.Context, dossier string, rows []record.IndexRow) error
}

// Lists are the ways to look at many dossiers.
type Lists interface {
	List(ctx context.Context, sight complaint.Sight, f record.Filter) ([]record.Dossier, string, error)
	Count(ctx context.Context, sight complaint.Sight, f record.Filter) (record.Counts, error)
	Sleepers(ctx context.Context, today calendar.Date) ([]string, error)
	WasReminded(ctx context.Context, id string, o complaint.Occasion, forDate calendar.Date) (bool, error)
}

// Papers keeps letters and files.
type Papers interface {
	Letter(ctx context.Context, id string, sight complaint.Sight) (record.Letter, error)
	Letters(ctx context.Context, dossier string) ([]record.Letter, error)
	Finish(ctx context.Context, id string, final, mac []byte) (record.Letter, error)
	Chunk(ctx context.Context, f record.Attachment, n int, sealed []byte) error
	Whole(ctx context.Context, f record.Attachment) error
	DropFile(ctx context.Context, id string) error
	Attachment(ctx context.Context, id string, sight complaint.Sight) (record.Attachment, error)
	Attachments(ctx context.Context, dossier string) ([]record.Attachment, error)
	Unlinked(ctx context.Context, id, dossier string) (record.Attachment, error)
	EachChunk(ctx context.Context, id string, each func(n int, sealed []byte) error) error
	Sweep(ctx context.Context, before time.Time) (int64, error)
	Waiting(ctx context.Context, sight complaint.Sight, f record.Waiting) ([]record.Piece, string, error)
	CountWaiting(ctx context.Context, sight complaint.Sight) (int, error)
	WithReturned(ctx context.Context, sight complaint.Sight, r record.Recent) ([]string, error)
}

// Drafts keeps what people typed and did not send yet.
type Drafts interface {
	KeepDraft(ctx context.Context, d record.Draft, version int, sight complaint.Sight) error
	Draft(ctx context.Context, dossier string, task complaint.Task, sight complaint.Sight) (record.Draft, error)
	Drafts(ctx context.Context, sight complaint.Sight) ([]record.OwnDraft, error)
	DropDraft(ctx context.Context, owner complaint.Actor, dossier string, task complaint.Task) error
	KeepIntake(ctx context.Context, d record.IntakeDraft, sight complaint.CardSight) error
	Intakes(ctx context.Context, owner complaint.Actor) ([]record.IntakeDraft, error)
	DropIntake(ctx context.Context, owner complaint.Actor, id string) error
	SweepDrafts(ctx context.Context, before, intakesBefore time.Time) (int64, error)
}

// Logbook keeps who did and saw what.
type Logbook interface {
	Log(ctx context.Context, lines ...record.LogLine) error
	Logbook(ctx context.Context, dossier string, sight complaint.Sight) ([]record.LogLine, error)
	LogPage(ctx context.Context, sight complaint.Sight, f record.LogFilter) ([]record.LoggedLine, string, error)
	SweepLog(ctx context.Context, before time.Time, note func(n int64) record.LogLine) (int64, error)
}

// Cards keeps who must be called back.
type Cards interface {
	Card(ctx context.Context, id string, sight complaint.CardSight) (record.Card, error)
	Cards(ctx context.Context, sight complaint.CardSight, closedFrom calendar.Date) ([]record.Card, error)
	CountCards(ctx context.Context, sight complaint.CardSight, today calendar.Date) (record.CardCounts, error)
	WriteCard(ctx context.Context, c record.CardChange) error
	SweepCards(ctx context.Context, before calendar.Date) (int64, error)
}

// Forms keeps the forms of the counter that somebody goes on with later.
type Forms interface {
	KeepForm(ctx context.Context, f record.KeptForm) error
	KeptForm(ctx context.Context, code []byte) (record.KeptForm, error)
	SweepForms(ctx context.Context, before time.Time) (int64, error)
}

// People knows the staff, the departments and the settings of the organisation.
type People interface {
	Staff(ctx context.Context) ([]record.Staff, error)
	StaffByID(ctx context.Context, id complaint.Actor) (record.Staff, error)
	Departments(ctx context.Context) ([]record.Department, error)
	Setting(ctx context.Context, name string) (string, error)
	Procedures(ctx context.Context) ([]record.ProcedureFile, error)
	ProcedureNames(ctx context.Context) ([]record.ProcedureFile, error)
	Absences(ctx context.Context, staff complaint.Actor, from calendar.Date) ([]record.Absence, error)
}

// Cupboard is the store, as the office uses it.
type Cupboard interface {
	Register
	Index
	Lists
	Papers
	Drafts
	Logbook
	Cards
	Forms
	People
	Queue
	Notices
	Links
	Guesses
	Visits
}

// Safe makes codes and keyed hashes, and seals what belongs to a visitor.
type Safe interface {
	Index(purpose string, parts ...string) []byte
	NewCode(digits int) (string, error)
	CodeHash(number, code string) []byte
	ValidCode(code string) bool
	SealVisitor(purpose, rec string, plain []byte) ([]byte, error)
	OpenVisitor(purpose, rec string, sealed []byte) ([]byte, error)
}

// Press makes letters.
type Press interface {
	Compose(o record.Order) (record.Document, error)
	Print(o record.Order) ([]byte, error)
	Join(s record.Sheaf) ([]byte, error)
	Printout(d record.Document) ([]byte, error)
	Leaflet(d record.Document) ([]byte, error)
	Mail(o record.Order) (record.MailText, error)
}

// Office does the tasks of a dossier's course.
type Office struct {
	Cupboard Cupboard
	Safe     Safe
	Sealer   seal.Sealer
	Press    Press
	// Logo gives the picture of the organisation's own logo; nil: letters have none.
	Logo   func(ctx context.Context, hash string) ([]byte, error)
	Sheets Spreadsheets // nil: the register cannot be exported
	// Rules reads a procedure file; Say gives a sentence in a language, for letters.
	Rules func(text []byte) (complaint.Rules, error)
	Say   func(language, key string, args ...any) string
	Now   func() time.Time
	Zone  *time.Location
	Log   *slog.Logger
	// BaseURL is how people reach gehoor, as in https://klachten.example.org; empty: not
	// known, so that no letter or e-mail leads to a page.
	BaseURL string
	// Reach has the pages where a text is confirmed.
	Reach Reach
	// FollowURL is the page to follow a complaint with number and code; empty: there is none.
	FollowURL string
	// Mail makes and sends e-mail; nil: none is made, and letters wait to be copied.
	// MailFrom is the address it goes from; "": that of the organisation's settings.
	Mail     Mail
	MailFrom string
	// DossierURL is where an employee finds a dossier, from outside, and MailURL a mail or form
	// that waits; nil: nobody said by which address people reach the desk, and e-mail to
	// employees holds no link.
	DossierURL, MailURL func(id string) string
	// MaxUpload is the largest file taken, in bytes.
	MaxUpload int64

	sizes   sync.Map // year → how many numbers it has (int64)
	guesses guesses
	rules   sync.Map // complaint.Pin → complaint.Rules: pinned rules never change
}

// now is the moment in the organisation's time zone.
func (o *Office) now() time.Time { return o.Now().In(o.Zone) }

// Today is the local date.
func (o *Office) Today() calendar.Date { return calendar.Of(o.now()) }

// sight is what a person sees.
func (o *Office) sight(who complaint.Person) complaint.Sight {
	return complaint.See(who, o.Sealer.Hidden(who.ID), o.Today())
}

// Form says which dossier a form is about, which version it showed, and its request
// key, made with the page.
type Form struct {
	Dossier string
	Seen    int
	Key     string
}
