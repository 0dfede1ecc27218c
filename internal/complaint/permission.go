package complaint

import (
	"cmp"
	"slices"

	"gehoor/internal/calendar"
)

// Person is who stands at the desk: an active account with its roles and relations.
type Person struct {
	ID        Actor
	Roles     []Role
	StandsFor []Stand // absent managers whose deputy this person is today
	Fallback  bool    // the intake fallback of the settings
	// Of people outside: the dossier whose complainant this is, who showed its code or came
	// by their own link; and the dossier of which this reader was sent the text. Such a
	// person has no role, and is ByComplainant or ByReader.
	Own   string
	Reads string
}

// Complainant is who showed the code of a dossier, or came by the complainant's own link.
func Complainant(dossier string) Person { return Person{ID: ByComplainant, Own: dossier} }

// TextReader is who came by a link to the one text of a dossier, to read it along.
func TextReader(dossier string) Person { return Person{ID: ByReader, Reads: dossier} }

// Visitor is who stands at the public counter and showed nothing yet.
func Visitor() Person { return Person{ID: ByComplainant} }

// Stand is one place taken for somebody who is away: a deputy handles what the absent
// manager handles for that department, and nothing else of that manager.
type Stand struct {
	Department string
	For        Actor
}

// Is reports whether the person has a role.
func (p Person) Is(r Role) bool { return slices.Contains(p.Roles, r) }

// Relation is what a person is to one dossier.
type Relation struct {
	Barred  bool // employee concerned, or stepped aside: sees nothing, whatever the roles
	Handler bool // handles it, or stands in for who does
	Overdue bool // the answer is late: a director may look
	TookIn  bool // received it
	Reader  bool // was asked to read the answer along
	// NextInLine: does for this dossier what a director does, because every director is
	// barred from it.
	NextInLine bool
	// Of people outside: it is their own complaint; they were sent its one text.
	Complainant, TextReader bool
}

// Relate tells what p is to d on a day; barred comes from the register, where the
// relation stands only as a keyed hash.
func Relate(p Person, d Dossier, barred bool, today calendar.Date) Relation {
	return Relation{
		Barred:  barred,
		Handler: d.Handler != "" && (d.Handler == p.ID || slices.Contains(p.StandsFor, Stand{d.Department, d.Handler})),
		Overdue: d.IsOverdue(today),
		TookIn:  d.ReceivedBy == p.ID,
		Reader:  d.SecondReader != "" && d.SecondReader == p.ID && d.State.IsRunning(),

		Complainant: p.Own != "" && p.Own == d.ID,
		TextReader:  p.Reads != "" && p.Reads == d.ID,
	}
}

// Task is something a person may want to do.
type Task string

// The tasks of the permission table.
const (
	TaskReceive      Task = "receive"
	TaskComplain     Task = "complain" // by the form of the counter
	TaskTakeUp       Task = "take_up"  // be the one who takes such a complaint in
	TaskCard         Task = "card"     // call back, and say what came of it
	TaskWord         Task = "word"
	TaskSend         Task = "send"
	TaskRemind       Task = "remind"
	TaskCorrect      Task = "correct"
	TaskConfirm      Task = "confirm"
	TaskPostLetter   Task = "post_letter"
	TaskReadText     Task = "read_text" // the worded text and the desired outcome, to confirm them
	TaskFollow       Task = "follow"    // one's own complaint: the course without internal notes
	TaskRead         Task = "read"      // text and course
	TaskReadOpen     Task = "read_open" // the open part only
	TaskOpenIdentity Task = "open_identity"
	TaskOriginal     Task = "original" // open a scan or file as it came in
	TaskForward      Task = "forward"
	TaskExtend       Task = "extend"
	TaskSettle       Task = "settle" // what the complainant says to a proposal
	TaskAnswer       Task = "answer"
	TaskSendAnswer   Task = "send_answer"      // post an answer the handler released
	TaskTakeBack     Task = "take_back_answer" // that was released, and did not go
	TaskClose        Task = "close"
	TaskUnconfirmed  Task = "close_unconfirmed"
	TaskWithdraw     Task = "withdraw"
	TaskPassOn       Task = "pass_on"
	TaskNotAccept    Task = "not_accept"
	TaskResolve      Task = "resolve"
	TaskNote         Task = "note"
	TaskContact      Task = "contact"
	TaskAct          Task = "act"
	TaskTalk         Task = "talk"
	TaskSupplement   Task = "supplement"
	TaskIdentity     Task = "identity" // change name, address, ways to reach
	TaskStepOut      Task = "step_out" // one of several complainants goes on no longer
	TaskAttach       Task = "attach"
	TaskName         Task = "name_employee"
	TaskHandOver     Task = "hand_over"
	TaskStepAside    Task = "step_aside"
	TaskClear        Task = "clear_employee" // undo the naming of an employee
	TaskPutBefore    Task = "put_before"
	TaskAskReader    Task = "ask_reader" // of the answer: a second reader
	TaskReadAlong    Task = "read_along"
	TaskDispute      Task = "dispute"       // the complainant says: that was not agreed, I did not stop
	TaskLevel        Task = "level"         // may the name be used towards the employee
	TaskDeputy       Task = "deputy"        // who gets the post, or acts, for the complainant
	TaskRevokeReader Task = "revoke_reader" // of the text to confirm
	TaskReplaceCode  Task = "replace_code"
	TaskLink         Task = "link"
	TaskCallError    Task = "call_error" // registered in error
	TaskAmend        Task = "amend"
	TaskDied         Task = "died"
	TaskCondole      Task = "condole"        // write to a relative
	TaskRelative     Task = "relative"       // a relative goes on, or stops
	TaskTellEmployee Task = "tell_employee"  // the outcome, in a letter
	TaskStaff        Task = "staff"          // staff, departments, settings
	TaskLogbook      Task = "logbook"        // of a dossier: who opened, read and printed it
	TaskLogPerson    Task = "logbook_person" // of an employee
	TaskLogHouse     Task = "logbook_house"  // of the administration: log-ins, staff, settings
)

// grant is a row of the permission table: who may do the task.
type grant struct {
	helpdesk, handler, late, quality, administrator bool // late: a director, while the answer is overdue
	reader, director                                bool // reader: the second reader of the answer
	complainant, textReader                         bool // people outside, on one dossier
	visitor                                         bool // anybody at the public counter
}

// table is the permission table of the procedure. What it does not list, nobody may.
var table = map[Task]grant{
	TaskReceive:      {helpdesk: true},
	TaskComplain:     {visitor: true},
	TaskTakeUp:       {helpdesk: true},
	TaskCard:         {helpdesk: true},
	TaskWord:         {helpdesk: true},
	TaskSend:         {helpdesk: true},
	TaskRemind:       {helpdesk: true},
	TaskReadText:     {complainant: true, textReader: true},
	TaskFollow:       {complainant: true},
	TaskCorrect:      {helpdesk: true, complainant: true, textReader: true},
	TaskConfirm:      {helpdesk: true, complainant: true, textReader: true},
	TaskUnconfirmed:  {helpdesk: true},
	TaskPostLetter:   {helpdesk: true},
	TaskRead:         {helpdesk: true, handler: true, late: true, reader: true},
	TaskReadOpen:     {helpdesk: true, handler: true, late: true, quality: true, reader: true},
	TaskOpenIdentity: {helpdesk: true, handler: true},
	TaskOriginal:     {helpdesk: true, handler: true},
	TaskForward:      {helpdesk: true, late: true},
	TaskExtend:       {handler: true},
	TaskAnswer:       {handler: true},
	TaskSettle:       {helpdesk: true, handler: true, complainant: true},
	TaskSendAnswer:   {helpdesk: true, handler: true},
	TaskTakeBack:     {handler: true},
	TaskClose:        {helpdesk: true, handler: true},
	TaskWithdraw:     {helpdesk: true, handler: true, complainant: true},
	TaskPassOn:       {helpdesk: true, handler: true},
	TaskNotAccept:    {helpdesk: true, handler: true},
	TaskResolve:      {helpdesk: true, handler: true},
	TaskNote:         {helpdesk: true, handler: true},
	TaskContact:      {helpdesk: true, handler: true, complainant: true},
	TaskAct:          {helpdesk: true, handler: true},
	TaskTalk:         {helpdesk: true, handler: true},
	TaskSupplement:   {helpdesk: true, handler: true},
	TaskIdentity:     {helpdesk: true, handler: true, complainant: true},
	TaskStepOut:      {helpdesk: true, handler: true},
	TaskAttach:       {helpdesk: true, handler: true, complainant: true},
	TaskName:         {helpdesk: true, handler: true},
	TaskLogbook:      {helpdesk: true, handler: true, late: true},
	TaskHandOver:     {helpdesk: true},
	TaskStepAside:    {handler: true},
	TaskClear:        {director: true},
	TaskPutBefore:    {handler: true},
	TaskAskReader:    {handler: true},
	TaskReadAlong:    {reader: true},
	TaskDispute:      {helpdesk: true, handler: true},
	TaskLevel:        {helpdesk: true, handler: true},
	TaskDeputy:       {helpdesk: true, handler: true},
	TaskRevokeReader: {helpdesk: true},
	TaskReplaceCode:  {helpdesk: true, handler: true},
	TaskLink:         {helpdesk: true, handler: true},
	TaskCallError:    {helpdesk: true},
	TaskAmend:        {helpdesk: true, handler: true},
	TaskDied:         {helpdesk: true, handler: true},
	TaskCondole:      {helpdesk: true, handler: true},
	TaskRelative:     {helpdesk: true, handler: true},
	TaskTellEmployee: {handler: true},
	TaskStaff:        {administrator: true},
	TaskLogPerson:    {director: true},
	TaskLogHouse:     {director: true, administrator: true},
}

// May says whether p may do a task on a dossier to which p has relation r. Deny beats
// every role: the employee concerned sees nothing.
func May(p Person, t Task, r Relation) bool {
	if p.ID == "" || r.Barred {
		return false
	}
	g := table[t]
	return g.helpdesk && p.Is(Helpdesk) ||
		g.helpdesk && p.Fallback && (r.TookIn || t == TaskReceive) ||
		g.handler && r.Handler ||
		g.reader && r.Reader ||
		g.director && (p.Is(Director) || r.NextInLine) ||
		g.late && r.Overdue && p.Is(Director) ||
		g.quality && p.Is(Quality) ||
		g.administrator && p.Is(Administrator) ||
		g.visitor && p.ID.IsOutside() ||
		g.complainant && r.Complainant ||
		g.textReader && r.TextReader
}

// MayRead says how much of a dossier p may read.
func MayRead(p Person, d Dossier, barred bool, today calendar.Date) Reading {
	r := Relate(p, d, barred, today)
	switch {
	case May(p, TaskRead, r):
		return ReadsText
	case May(p, TaskReadOpen, r):
		return ReadsOpen
	}
	return ReadsNothing
}

// Reading is how much of a dossier somebody may read.
type Reading int

// The degrees of reading.
const (
	ReadsNothing Reading = iota
	ReadsOpen            // dates, codes, states: no text
	ReadsText
)

// Sight is who is looking, for the register: every query that returns or counts
// dossiers, letters or log lines takes one and turns it into a WHERE.
type Sight struct {
	Person    Actor         // sees what they handle, and what they read along
	StandsFor []Stand       // whose dossiers, of which department, are theirs too
	All       bool          // the helpdesk and quality see every dossier that does not bar them
	Overdue   calendar.Date // a director also sees what is overdue on this day; zero: no
	TookIn    bool          // the intake fallback sees what it took in
	Hidden    []byte        // keyed hash of the person: rows that carry it do not exist
	Only      string        // of people outside: the one dossier that is theirs
}

// See makes the Sight of a person; hidden is the person's keyed hash.
func See(p Person, hidden []byte, today calendar.Date) Sight {
	if p.ID.IsOutside() {
		return Sight{Only: cmp.Or(p.Own, p.Reads), Hidden: hidden}
	}
	s := Sight{Person: p.ID, StandsFor: p.StandsFor, Hidden: hidden, TookIn: p.Fallback}
	s.All = p.Is(Helpdesk) || p.Is(Quality)
	if p.Is(Director) {
		s.Overdue = today
	}
	return s
}
