package desk

import (
	"net/http"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"gehoor/internal/complaint"
	"gehoor/internal/page"
	"gehoor/internal/personnel"
	"gehoor/internal/porch"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

func (d *Desk) proposalRoutes() []Route {
	return []Route{
		{Pattern: "GET " + proposalsPath, Handler: d.proposals},
		{Pattern: "POST " + proposalsPath + "/{proposal}/goedkeuren", Handler: d.approve},
		{Pattern: "POST " + proposalsPath + "/{proposal}/afkeuren", Handler: d.refuse},
		{Pattern: "GET " + grantsPath, Handler: d.showGrants},
		{Pattern: "POST " + grantsPath, Handler: d.sawGrants},
	}
}

func (d *Desk) proposals(w http.ResponseWriter, r *http.Request) error {
	return d.proposalsPage(w, r, newQuestions(r), "")
}

// proposalView is a proposal in words.
type proposalView struct {
	ID, Title string
	Facts     []page.Pair
	Buttons   []pressing
	Why       string // why nothing can be decided here
}

func (d *Desk) proposalsPage(w http.ResponseWriter, r *http.Request, q *questions, start string) error {
	all, err := d.Personnel.Proposals(r.Context(), porch.Who(r).Person)
	if err != nil {
		return err
	}
	names, err := d.people(r)
	if err != nil {
		return err
	}
	var parts []templ.Component
	for _, x := range all {
		parts = append(parts, proposalCard(q.v, d.proposalView(q.v, names, x)))
	}
	if len(all) == 0 {
		parts = append(parts, page.Nothing(q.v.Say("people.no_proposals")))
	}
	if len(all) > 0 && start == "" {
		parts = append(parts, para(q.v.Say("people.server_way")))
	}
	p := managed{Voice: q.v, Title: q.v.Say("people.proposals"), Meaning: q.v.Say("people.proposals_meaning"), Start: start, Mistakes: q.mistakes(), Parts: parts}
	if start != "" {
		p.Done = q.v.Say("people.done.goedgekeurd")
	}
	status := http.StatusOK
	if q.failed() {
		status = http.StatusConflict
	}
	if p.Done == "" {
		p.Done = manageDone(q.v, r)
	}
	return d.show(w, r, status, staffPage{Title: p.Title, Place: proposalsPath, Failed: q.failed(), Body: managedTempl(p)})
}

// proposalView puts a proposal into words: who gets what, who proposed it, and when.
func (d *Desk) proposalView(v *words.Voice, names people, x personnel.Waiting) proposalView {
	view := proposalView{ID: "v-" + x.ID, Title: proposalTitle(v, names, x.Proposal), Facts: []page.Pair{}}
	switch x.Kind {
	case record.ProposeRoles:
		for _, role := range x.Roles {
			view.Facts = append(view.Facts, page.Pair{Term: v.Say("role." + string(role)), Value: v.Say("setup.reads." + string(role))})
		}
	case record.ProposeFallback:
		view.Facts = append(view.Facts, page.Pair{Term: v.Say("people.fallback"), Value: v.Say("people.fallback_reads")})
	case record.ProposeDepartment:
		view.Facts = append(view.Facts, fromTo(v, "people.manager", names.name(x.Now.Manager), names.name(x.Department.Manager)),
			fromTo(v, "people.deputy", names.name(x.Now.Deputy), names.name(x.Department.Deputy)))
	}
	view.Facts = append(view.Facts, page.Pair{Term: v.Say("people.proposed_by"), Value: names.name(x.Proposer) + ", " + v.Moment(d.Personnel.Local(x.At))})
	path := proposalsPath + "/" + x.ID
	if x.MayDecide {
		view.Buttons = append(view.Buttons, pressing{URL: path + "/goedkeuren", Press: v.Say("button.approve"), Context: view.Title, Kind: page.Primary},
			pressing{URL: path + "/afkeuren", Press: v.Say("button.refuse"), Context: view.Title})
		return view
	}
	if x.Own {
		view.Buttons = append(view.Buttons, pressing{URL: path + "/afkeuren", Press: v.Say("people.withdraw"), Context: view.Title})
		view.Why = v.Say("people.own_proposal")
		return view
	}
	view.Why = v.Say("people.about_you")
	return view
}

func proposalTitle(v *words.Voice, names people, x record.Proposal) string {
	if x.Kind == record.ProposeDepartment {
		return v.Say("people.proposal_department", "Name", x.Department.Name)
	}
	if x.Kind == record.ProposeRoles && len(x.Roles) == 0 {
		return v.Say("people.proposal_open", "Name", names.name(x.Staff))
	}
	return v.Say("people.proposal_"+string(x.Kind), "Name", names.name(x.Staff), "Roles", roleList(v, x.Roles))
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

func (d *Desk) approve(w http.ResponseWriter, r *http.Request) error {
	q := newQuestions(r)
	out, err := d.Personnel.Approve(r.Context(), porch.Who(r).Person, r.PathValue("proposal"))
	if err := q.take(err); err != nil {
		return err
	}
	if q.failed() || out.Start != "" {
		return d.proposalsPage(w, r, q, out.Start)
	}
	return porch.SeeOther(w, r, address(proposalsPath, doneField, "goedgekeurd"))
}

func (d *Desk) refuse(w http.ResponseWriter, r *http.Request) error {
	q := newQuestions(r)
	if err := q.take(d.Personnel.Refuse(r.Context(), porch.Who(r).Person, r.PathValue("proposal"))); err != nil {
		return err
	}
	if q.failed() {
		return d.proposalsPage(w, r, q, "")
	}
	return porch.SeeOther(w, r, address(proposalsPath, doneField, "afgekeurd"))
}

// showGrants shows a director who may read what: at first everything, later what was
// approved on the server. untilField carries the moment of the page, so that what came
// while it was read is shown again.
const untilField = "gezien_tot"

func (d *Desk) showGrants(w http.ResponseWriter, r *http.Request) error {
	v, who := porch.Voice(r), porch.Who(r).Person
	if !who.Is(complaint.Director) {
		return errForbidden
	}
	look, err := d.Personnel.LookAt(r.Context(), who)
	if err != nil {
		return err
	}
	p := managed{Voice: v, Title: v.Say("people.grants"), Meaning: v.Say("people.grants_meaning")}
	if look == nil {
		p.Parts = append(p.Parts, page.Nothing(v.Say("people.grants_none")), buttonRow(page.Button{Label: v.Say("nav.work"), Href: workPath}))
		return d.show(w, r, http.StatusOK, staffPage{Title: p.Title, Place: proposalsPath, Body: managedTempl(p)})
	}
	names, err := d.people(r)
	if err != nil {
		return err
	}
	if len(look.OnServer) > 0 {
		p.Parts = append(p.Parts, manageSection("server", v.Say("people.on_server"), []templ.Component{
			para(v.Say("people.on_server_text")), page.TableOf(d.onServer(v, names, look.OnServer))}))
	}
	if look.First {
		p.Parts = append(p.Parts, manageSection("alle", v.Say("setup.grants"), []templ.Component{page.TableOf(allGrants(v, look)), para(v.Say("setup.accused"))}))
	}
	until := page.Hidden{Name: untilField, Value: strconv.FormatInt(d.Personnel.Now().UnixMicro(), 10)}
	p.Parts = append(p.Parts, manageForm(grantsPath, []page.Hidden{until}, []templ.Component{para(v.Say("people.grants_ask"))},
		page.Button{Label: v.Say("people.grants_seen"), Kind: page.Primary}))
	return d.show(w, r, http.StatusOK, staffPage{Title: p.Title, Place: proposalsPath, Body: managedTempl(p)})
}

// onServer lists what was approved past everybody.
func (d *Desk) onServer(v *words.Voice, names people, list []record.Proposal) page.Table {
	t := page.Table{Caption: v.Say("people.on_server"), Columns: []page.Column{{Label: v.Say("people.grant")}, {Label: v.Say("people.proposed_by")}, {Label: v.Say("people.when")}}}
	for _, x := range list {
		t.Rows = append(t.Rows, page.Row{{Text: proposalTitle(v, names, x)}, {Text: names.name(x.Proposer)}, {Text: v.Moment(d.Personnel.Local(x.DecidedAt))}})
	}
	return t
}

// allGrants lists everybody with roles.
func allGrants(v *words.Voice, look *personnel.Look) page.Table {
	t := page.Table{Caption: v.Say("setup.grants"), Columns: []page.Column{
		{Label: v.Say("setup.grants_name")}, {Label: v.Say("setup.grants_roles")}, {Label: v.Say("setup.grants_reads")}}}
	for _, s := range look.Staff {
		t.Rows = append(t.Rows, page.Row{{Text: s.Name, Small: s.Function},
			{Text: roleList(v, s.Roles), Small: partsOf(v, record.People{Departments: look.Departments}, s.ID)}, {Body: grantedReading(v, s.Roles)}})
	}
	return t
}

func (d *Desk) sawGrants(w http.ResponseWriter, r *http.Request) error {
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
	return porch.SeeOther(w, r, workPath)
}
