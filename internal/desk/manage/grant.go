package manage

import (
	"net/http"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/page"
	"gehoor/internal/personnel"
	"gehoor/internal/porch"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

func (d *Door) proposalRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET " + frame.ProposalsPath, Handler: d.proposals},
		{Pattern: "POST " + frame.ProposalsPath + "/{proposal}/goedkeuren", Handler: d.approve},
		{Pattern: "POST " + frame.ProposalsPath + "/{proposal}/afkeuren", Handler: d.refuse},
		{Pattern: "GET " + frame.GrantsPath, Handler: d.showGrants},
		{Pattern: "POST " + frame.GrantsPath, Handler: d.sawGrants},
	}
}

func (d *Door) proposals(w http.ResponseWriter, r *http.Request) error {
	return d.proposalsPage(w, r, frame.NewQuestions(r), "")
}

// proposalView is a proposal in words.
type proposalView struct {
	ID, Title string
	Facts     []page.Pair
	Buttons   []frame.Pressing
	Why       string // why nothing can be decided here
}

func (d *Door) proposalsPage(w http.ResponseWriter, r *http.Request, q *frame.Questions, start string) error {
	all, err := d.Personnel.Proposals(r.Context(), porch.Who(r).Person)
	if err != nil {
		return err
	}
	names, err := d.People(r)
	if err != nil {
		return err
	}
	var parts []templ.Component
	for _, x := range all {
		parts = append(parts, proposalCard(q.Voice, d.proposalView(q.Voice, names, x)))
	}
	if len(all) == 0 {
		parts = append(parts, page.Nothing(q.Voice.Say("people.no_proposals")))
	}
	if len(all) > 0 && start == "" {
		parts = append(parts, frame.Para(q.Voice.Say("people.server_way")))
	}
	p := frame.Managed{Voice: q.Voice, Title: q.Voice.Say("people.proposals"), Meaning: q.Voice.Say("people.proposals_meaning"), Start: start, Mistakes: q.Mistakes(), Parts: parts}
	if start != "" {
		p.Done = q.Voice.Say("people.done.goedgekeurd")
	}
	status := http.StatusOK
	if q.Failed() {
		status = http.StatusConflict
	}
	if p.Done == "" {
		p.Done = frame.ManagedDone(q.Voice, r)
	}
	return d.Show(w, r, status, frame.Page{Title: p.Title, Place: frame.ProposalsPath, Failed: q.Failed(), Body: frame.ManagedPage(p)})
}

// proposalView puts a proposal into words: who gets what, who proposed it, and when.
func (d *Door) proposalView(v *words.Voice, names frame.People, x personnel.Waiting) proposalView {
	view := proposalView{ID: "v-" + x.ID, Title: proposalTitle(v, names, x.Proposal), Facts: []page.Pair{}}
	switch x.Kind {
	case record.ProposeRoles:
		for _, role := range x.Roles {
			view.Facts = append(view.Facts, page.Pair{Term: v.Say("role." + string(role)), Value: v.Say("setup.reads." + string(role))})
		}
	case record.ProposeFallback:
		view.Facts = append(view.Facts, page.Pair{Term: v.Say("people.fallback"), Value: v.Say("people.fallback_reads")})
	case record.ProposeDepartment:
		view.Facts = append(view.Facts, fromTo(v, "people.manager", names.Name(x.Now.Manager), names.Name(x.Department.Manager)),
			fromTo(v, "people.deputy", names.Name(x.Now.Deputy), names.Name(x.Department.Deputy)))
	}
	view.Facts = append(view.Facts, page.Pair{Term: v.Say("people.proposed_by"), Value: names.Name(x.Proposer) + ", " + v.Moment(d.Personnel.Local(x.At))})
	path := frame.ProposalsPath + "/" + x.ID
	if x.MayDecide {
		view.Buttons = append(view.Buttons, frame.Pressing{URL: path + "/goedkeuren", Press: v.Say("button.approve"), Context: view.Title, Kind: page.Primary},
			frame.Pressing{URL: path + "/afkeuren", Press: v.Say("button.refuse"), Context: view.Title})
		return view
	}
	if x.Own {
		view.Buttons = append(view.Buttons, frame.Pressing{URL: path + "/afkeuren", Press: v.Say("people.withdraw"), Context: view.Title})
		view.Why = v.Say("people.own_proposal")
		return view
	}
	view.Why = v.Say("people.about_you")
	return view
}

func proposalTitle(v *words.Voice, names frame.People, x record.Proposal) string {
	if x.Kind == record.ProposeDepartment {
		return v.Say("people.proposal_department", "Name", x.Department.Name)
	}
	if x.Kind == record.ProposeRoles && len(x.Roles) == 0 {
		return v.Say("people.proposal_open", "Name", names.Name(x.Staff))
	}
	return v.Say("people.proposal_"+string(x.Kind), "Name", names.Name(x.Staff), "Roles", frame.RoleList(v, x.Roles))
}

// fromTo says what stands there and what it would become.
func fromTo(v *words.Voice, term, was, is string) page.Pair {
	if was == "" {
		was = v.Say("people.nobody")
	}
	if is == "" {
		is = v.Say("people.nobody")
	}
	if was == is {
		return page.Pair{Term: v.Say(term), Value: is}
	}
	return page.Pair{Term: v.Say(term), Value: v.Say("people.becomes", "Name", is, "Was", was)}
}

func (d *Door) approve(w http.ResponseWriter, r *http.Request) error {
	q := frame.NewQuestions(r)
	out, err := d.Personnel.Approve(r.Context(), porch.Who(r).Person, r.PathValue("proposal"))
	if err := q.Take(err); err != nil {
		return err
	}
	if q.Failed() || out.Start != "" {
		return d.proposalsPage(w, r, q, out.Start)
	}
	return porch.SeeOther(w, r, frame.Address(frame.ProposalsPath, frame.DoneField, "goedgekeurd"))
}

func (d *Door) refuse(w http.ResponseWriter, r *http.Request) error {
	q := frame.NewQuestions(r)
	if err := q.Take(d.Personnel.Refuse(r.Context(), porch.Who(r).Person, r.PathValue("proposal"))); err != nil {
		return err
	}
	if q.Failed() {
		return d.proposalsPage(w, r, q, "")
	}
	return porch.SeeOther(w, r, frame.Address(frame.ProposalsPath, frame.DoneField, "afgekeurd"))
}

// showGrants shows a director who may read what: at first everything, later what was
// approved on the server. untilField carries the moment of the page, so that what came
// while it was read is shown again.
const untilField = "gezien_tot"

func (d *Door) showGrants(w http.ResponseWriter, r *http.Request) error {
	v, who := porch.Voice(r), porch.Who(r).Person
	if !who.Is(complaint.Director) {
		return frame.ErrForbidden
	}
	look, err := d.Personnel.LookAt(r.Context(), who)
	if err != nil {
		return err
	}
	p := frame.Managed{Voice: v, Title: v.Say("people.grants"), Meaning: v.Say("people.grants_meaning")}
	if look == nil {
		p.Parts = append(p.Parts, page.Nothing(v.Say("people.grants_none")), buttonRow(page.Button{Label: v.Say("nav.work"), Href: frame.WorkPath}))
		return d.Show(w, r, http.StatusOK, frame.Page{Title: p.Title, Place: frame.ProposalsPath, Body: frame.ManagedPage(p)})
	}
	names, err := d.People(r)
	if err != nil {
		return err
	}
	if len(look.OnServer) > 0 {
		p.Parts = append(p.Parts, frame.Section("server", v.Say("people.on_server"), []templ.Component{
			frame.Para(v.Say("people.on_server_text")), page.TableOf(d.onServer(v, names, look.OnServer))}))
	}
	if look.First {
		p.Parts = append(p.Parts, frame.Section("alle", v.Say("setup.grants"), []templ.Component{page.TableOf(allGrants(v, look)), frame.Para(v.Say("setup.accused"))}))
	}
	until := page.Hidden{Name: untilField, Value: strconv.FormatInt(d.Personnel.Now().UnixMicro(), 10)}
	p.Parts = append(p.Parts, frame.ManagedForm(frame.GrantsPath, []page.Hidden{until}, []templ.Component{frame.Para(v.Say("people.grants_ask"))},
		page.Button{Label: v.Say("people.grants_seen"), Kind: page.Primary}))
	return d.Show(w, r, http.StatusOK, frame.Page{Title: p.Title, Place: frame.ProposalsPath, Body: frame.ManagedPage(p)})
}

// onServer lists what was approved past everybody.
func (d *Door) onServer(v *words.Voice, names frame.People, list []record.Proposal) page.Table {
	t := page.Table{Caption: v.Say("people.on_server"), Columns: []page.Column{{Label: v.Say("people.grant")}, {Label: v.Say("people.proposed_by")}, {Label: v.Say("people.when")}}}
	for _, x := range list {
		t.Rows = append(t.Rows, page.Row{{Text: proposalTitle(v, names, x)}, {Text: names.Name(x.Proposer)}, {Text: v.Moment(d.Personnel.Local(x.DecidedAt))}})
	}
	return t
}

// allGrants lists everybody with roles.
func allGrants(v *words.Voice, look *personnel.Look) page.Table {
	t := page.Table{Caption: v.Say("setup.grants"), Columns: []page.Column{
		{Label: v.Say("setup.grants_name")}, {Label: v.Say("setup.grants_roles")}, {Label: v.Say("setup.grants_reads")}}}
	for _, s := range look.Staff {
		t.Rows = append(t.Rows, page.Row{{Text: s.Name, Small: s.Function},
			{Text: frame.RoleList(v, s.Roles), Small: partsOf(v, record.People{Departments: look.Departments}, s.ID)}, {Body: frame.GrantedReading(v, s.Roles)}})
	}
	return t
}

func (d *Door) sawGrants(w http.ResponseWriter, r *http.Request) error {
	if !porch.Who(r).Person.Is(complaint.Director) {
		return frame.ErrForbidden
	}
	form, err := porch.ReadForm(r)
	if err != nil {
		return err
	}
	until, err := strconv.ParseInt(form.Raw(untilField), 10, 64)
	if err != nil {
		return porch.ErrBadRequest
	}
	if err := d.Personnel.Looked(r.Context(), porch.Who(r).Person, time.UnixMicro(until).UTC()); err != nil {
		return err
	}
	return porch.SeeOther(w, r, frame.WorkPath)
}
