package dossier

import (
	"slices"
	"strings"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/record"
)

// registerItems are the eight items that the procedure registers. Of the identity it
// says only whether it is complete.
func (c chronicle) registerItems(d office.View) []page.Item {
	missing := d.Missing()
	var items []page.Item
	for _, i := range complaint.Items {
		item := page.Item{Label: c.voice.Say("item." + string(i)), Done: !slices.Contains(missing, i)}
		if item.Detail = c.itemDetail(d, i); item.Detail == "" || !item.Done && i != complaint.ItemText && i != complaint.ItemIdentity {
			item.Detail = c.voice.Say("common.empty")
		}
		items = append(items, item)
	}
	return items
}

func (c chronicle) itemDetail(d office.View, i complaint.Item) string {
	v := c.voice
	complete := !slices.Contains(d.Missing(), i)
	switch i {
	case complaint.ItemReceived:
		return v.Date(d.ReceivedOn)
	case complaint.ItemChannel:
		return v.Say("channel." + string(d.Channel))
	case complaint.ItemIdentity:
		if d.Level == complaint.Nameless {
			return v.Say("dossier.item.nameless")
		}
		return v.Say(frame.YesNo(complete, "dossier.item.identity", "dossier.item.identity_lacks"))
	case complaint.ItemMember:
		return c.coded("member", string(d.Member))
	case complaint.ItemText:
		if d.TextVersion > 0 {
			return v.Say(frame.YesNo(complete, "dossier.item.text", "dossier.item.text_lacks"), "Version", d.TextVersion)
		}
	case complaint.ItemAction:
		return v.Say("dossier.item.action")
	case complaint.ItemReceivedBy:
		return c.names.Name(d.ReceivedBy)
	case complaint.ItemClosed:
		return v.Date(d.ClosedOn)
	}
	return ""
}

// termPairs says in words what the wave draws.
func (p *dossierPage) termPairs() []page.Pair {
	v, d := p.voice, p.view
	var pairs []page.Pair
	add := func(key string, on calendar.Date, more string) {
		if !on.IsZero() {
			pairs = append(pairs, page.Pair{Term: v.Say(key), Value: frame.JoinLines(p.day(on), more)})
		}
	}
	if d.DueOn == d.OriginalDueOn {
		add("dossier.term.due", d.DueOn, "")
	} else {
		add("extend.first_date", d.OriginalDueOn, "")
		add("extend.agreed_date", d.DueOn, v.Count("extend.more_days", d.OriginalDueOn.DaysUntil(d.DueOn)))
	}
	if d.State == complaint.ExtensionProposed {
		add("dossier.term.proposed", d.Extension.ProposedOn, v.Say("dossier.term.waiting"))
	}
	if d.State.IsRunning() {
		if d.TargetOn != d.DueOn {
			add("dossier.term.target", d.TargetOn, "")
		}
		add("dossier.term.post", p.postBy, v.Say("dossier.term.post_small"))
	}
	add("dossier.term.answered", d.AnsweredOn, v.Say(timelinessKey(d.Timeliness(d.Today))))
	return pairs
}

// timelinessKey names how an answer counts.
func timelinessKey(t complaint.Timeliness) string {
	switch t {
	case complaint.InAgreedTerm:
		return "term.met_agreed"
	case complaint.LateThenAgreed:
		return "term.missed_agreed"
	case complaint.Late:
		return "term.missed"
	}
	return "term.met"
}

// marks are what stays with the term for ever.
func (p *dossierPage) marks() []string {
	var marks []string
	if p.view.Extension.ToldLate {
		marks = append(marks, p.voice.Say("dossier.mark.told_late"))
	}
	if p.view.Extension.AgreedLate {
		marks = append(marks, p.voice.Say("dossier.mark.agreed_late"))
	}
	return marks
}

// whoSees lists who can read this dossier, and as what.
func (p *dossierPage) whoSees() []page.Pair {
	v, d := p.voice, p.view
	var pairs []page.Pair
	seen := map[complaint.Actor]bool{}
	add := func(id complaint.Actor, as string) {
		name := p.names.Name(id)
		if name == "" || seen[id] || !p.names.Staff[id].Active || slices.Contains(d.Barred, id) {
			return
		}
		seen[id] = true
		pairs = append(pairs, page.Pair{Term: name, Value: v.Say(as)})
	}
	add(d.Handler, "relation.handler")
	if slices.Contains(p.names.Staff[d.ReceivedBy].Roles, complaint.Helpdesk) {
		add(d.ReceivedBy, "dossier.sees.received")
	}
	p.addRole(add, complaint.Helpdesk, "dossier.sees.helpdesk")
	if d.IsOverdue(d.Today) {
		p.addRole(add, complaint.Director, "dossier.sees.director")
	}
	p.addRole(add, complaint.Quality, "dossier.sees.quality")
	return pairs
}

// addRole adds everybody with a role, by name.
func (p *dossierPage) addRole(add func(complaint.Actor, string), role complaint.Role, as string) {
	var ids []complaint.Actor
	for id, c := range p.names.Staff {
		if slices.Contains(c.Roles, role) {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b complaint.Actor) int { return strings.Compare(p.names.Name(a), p.names.Name(b)) })
	for _, id := range ids {
		add(id, as)
	}
}

// lockedOut says how many colleagues do not see the dossier, and who they are to who
// may name employees.
func (p *dossierPage) lockedOut() string {
	n := len(p.view.Barred)
	if n == 0 {
		return ""
	}
	line := p.voice.Count("dossier.barred", n)
	if !p.mayName {
		return line
	}
	var names []string
	for _, id := range p.view.Barred {
		names = append(names, p.names.Name(id))
	}
	slices.Sort(names)
	return line + " " + p.voice.Say("dossier.barred_names", "Names", strings.Join(names, ", "))
}

// textVersion is one wording of the complaint.
type textVersion struct {
	complaint.Wording
	by string // version, who and when
}

// texts are all wordings, newest first.
func (p *dossierPage) texts() []textVersion {
	var list []textVersion
	for _, e := range p.view.Events {
		if e.Kind != complaint.Worded {
			continue
		}
		list = append(list, textVersion{
			complaint.Wording{Title: told(e, complaint.Title), Description: told(e, complaint.Description), DesiredOutcome: told(e, complaint.DesiredOutcome)},
			p.voice.Say("dossier.version", "Version", e.Open.TextVersion, "Date", p.moment(e.At), "By", p.actor(e.Actor)),
		})
	}
	slices.Reverse(list)
	return list
}

// textBy says under the text which version it is, and whether it can change.
func (p *dossierPage) textBy() string {
	v, d := p.voice, p.view
	switch {
	case !d.ConfirmedOn.IsZero():
		return v.Say("dossier.text.confirmed", "Version", d.TextVersion, "Date", p.dayMonth(d.ConfirmedOn))
	case d.State.IsUnconfirmed():
		return v.Say("dossier.text.open", "Version", d.TextVersion)
	case d.State == complaint.ClosedUnconfirmed:
		return v.Say("dossier.text.never", "Version", d.TextVersion)
	case d.Channel == complaint.Phone:
		return v.Say("dossier.text.open", "Version", d.TextVersion)
	}
	return v.Say("dossier.text.frozen", "Version", d.TextVersion)
}

func (p *dossierPage) readsText() bool { return p.view.Reading == complaint.ReadsText }

// mayReadLog reports whether this person may read who opened, read and printed it.
func (p *dossierPage) mayReadLog() bool {
	return complaint.May(p.who, complaint.TaskLogbook, p.view.Relation)
}

// openings are the times that the name was opened, newest first.
func (p *dossierPage) openings() []page.Entry {
	var list []page.Entry
	for _, l := range slices.Backward(p.view.Openings) {
		entry := p.opening(l)
		entry.Text = p.openingReason(l.Reason)
		list = append(list, entry)
	}
	return list
}

// noAcknowledgement says why a filed complaint has no acknowledgement.
func (p *dossierPage) noAcknowledgement() string {
	made := slices.ContainsFunc(p.view.Letters, func(l record.Letter) bool { return l.Kind == record.Acknowledgement })
	switch {
	case made || p.view.FiledOn.IsZero():
		return ""
	case p.view.Level == complaint.Nameless:
		return p.voice.Say("letters.nameless")
	}
	return p.voice.Say("letters.no_acknowledgement")
}
