package dossier

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/porch"
	"gehoor/internal/record"
)

// identityForms change the complainant's details. They are sealed: the form shows
// them only after an opening with its reason, which the complainant can read.
func identityForms() []*taskForm {
	return []*taskForm{{path: "gegevens", task: complaint.TaskIdentity, ask: askDetails, do: changeDetails, open: openDetails}}
}

// reasonCorrect is the procedure's code for opening a name to mend its details.
const reasonCorrect = "correct_details"

// openDetails opens the seal and puts the details into the form.
func openDetails(ctx context.Context, o *office.Office, s *sheet) error {
	x, err := readOpening(s.typed)
	if err != nil {
		return err
	}
	who, err := o.OpenIdentity(ctx, s.who, s.view.ID, x)
	if err != nil {
		return err
	}
	s.typed = porch.Form{Values: detailValues(who)}
	return nil
}

// reasonOther is the procedure's code for a reason that is not in its list.
const reasonOther = "other"

// readOpening reads why a name or a file is opened. The complainant can read it, so
// that "other" says what.
func readOpening(f porch.Form) (office.Opening, error) {
	x := office.Opening{Reason: f.Text("reason"), Remark: f.Text("remark")}
	if x.Reason == reasonOther && x.Remark == "" {
		return x, complaint.Mistakes{{Kind: complaint.Invalid, Field: "remark", Key: "error.reason"}}
	}
	return x, nil
}

// askDetails asks why first; with the seal open it asks the details.
func askDetails(s *sheet) []templ.Component {
	if s.isSealed() {
		reasons := choices(s.voice, s.view.Rules.OpeningReasons)
		first := ""
		if complaint.HasChoice(s.view.Rules.OpeningReasons, reasonCorrect) {
			first = reasonCorrect
		}
		return []templ.Component{s.radios("reason", first, reasons), s.line("remark", "", frame.Optional)}
	}
	return []templ.Component{
		s.group("who", s.line("name", ""), s.line("salutation", "", frame.Optional, frame.Narrow), s.line("organisation", "", frame.Optional),
			s.radios("kind", "", s.options("kind", "person", record.Group, record.Firm), frame.InOneRow, frame.Optional), s.area("others", "", frame.Rows(3), frame.Optional),
			besides(s.line("their_ref", "", frame.Optional, frame.Narrow), s.line("member_number", "", frame.Optional, frame.Narrow))),
		s.group("address", besides(s.line("postcode", "", frame.Short), s.line("house", "", frame.Short)), s.line("street", ""), s.line("town", "", frame.Narrow),
			s.line("country", "", frame.Optional, frame.Narrow)),
		s.group("reach", besides(s.line("phone", "", frame.Narrow), s.line("mobile", "", frame.Optional, frame.Narrow)), s.line("email", "", frame.Optional, frame.OfType("email", "")), s.line("copy", "", frame.Optional, frame.OfType("email", "")), s.area("unknown", "", frame.Optional, frame.Rows(2)),
			s.radios("way", "", s.options("way", "email", "letter", "phone"), frame.InOneRow, frame.Optional), s.line("not_before", "", frame.Optional, frame.Narrow),
			s.radios("point_size", "", s.options("point_size", "12", "16", "20"), frame.InOneRow, frame.Optional),
			s.radios("language", "", s.options("language", "nl", "en"), frame.InOneRow, frame.Optional), s.tick("tell_later", false)),
		s.group("said", s.radios("how", "", s.options("how", complaint.HowPhone, complaint.HowPost, complaint.HowEmail), frame.InOneRow, frame.Optional)),
		s.group("caller", s.line("caller_name", "", frame.Optional, frame.Narrow), s.line("caller_relation", "", frame.Optional, frame.Narrow),
			s.line("caller_phone", "", frame.Optional, frame.Narrow), s.tick("caller_knows", false), s.tick("caller_may_call", false)),
		s.group("reader", s.line("reader_name", "", frame.Optional, frame.Narrow), s.line("reader_relation", "", frame.Optional, frame.Narrow),
			s.line("reader_email", "", frame.Optional, frame.OfType("email", "")), s.tick("consent", false)),
	}
}

// detailLines pairs the fields of the form with the details they stand for.
func detailLines(i *record.Identity) map[string]*string {
	return map[string]*string{
		"name": &i.Name, "salutation": &i.Salutation, "organisation": &i.Organisation, "kind": &i.Kind, "others": &i.Others, "their_ref": &i.TheirRef,
		"member_number": &i.MemberNumber, "street": &i.Street, "house": &i.House, "postcode": &i.Postcode, "town": &i.Town,
		"country": &i.Country, "phone": &i.Phone, "mobile": &i.Mobile, "email": &i.Email, "unknown": &i.Unknown, "way": &i.Way,
		"not_before": &i.NotBefore, "language": &i.Language, "copy": &i.Copy,
		"caller_name": &i.Caller.Name, "caller_relation": &i.Caller.Relation, "caller_phone": &i.Caller.Phone,
		"reader_name": &i.Reader.Name, "reader_relation": &i.Reader.Relation, "reader_email": &i.Reader.Email,
	}
}

func detailTicks(i *record.Identity) map[string]*bool {
	return map[string]*bool{"tell_later": &i.TellLater, "caller_knows": &i.Caller.Knows, "caller_may_call": &i.Caller.MayCall, "consent": &i.Reader.Consent}
}

// detailValues gives details as if they had been typed.
func detailValues(i record.Identity) url.Values {
	values := url.Values{}
	for name, value := range detailLines(&i) {
		values.Set(name, *value)
	}
	for name, ticked := range detailTicks(&i) {
		if *ticked {
			values.Set(name, "ja")
		}
	}
	if i.PointSize > 0 {
		values.Set("point_size", strconv.Itoa(i.PointSize))
	}
	return values
}

// detailsOf reads the details as typed.
func detailsOf(f porch.Form) record.Identity {
	var i record.Identity
	for name, value := range detailLines(&i) {
		*value = f.Text(name)
	}
	for name, ticked := range detailTicks(&i) {
		*ticked = f.Ticked(name, "")
	}
	if i.Kind == "person" {
		i.Kind = ""
	}
	i.PointSize, _ = strconv.Atoi(f.Text("point_size")) // no number is no choice
	return i
}

// changeDetails keeps the details, unless a colleague changed them meanwhile: that
// would be overwritten unseen.
func changeDetails(s *sheet) deed {
	for _, e := range s.view.Events {
		if e.Kind == complaint.IdentityChanged && e.Version > s.seen && e.Actor != s.who.ID {
			s.wrong.Add("", "error.details_changed")
			s.seen = s.view.Version
		}
	}
	identity, how := detailsOf(s.typed), s.typed.Text("how")
	return func(ctx context.Context, o *office.Office) error {
		return o.ChangeIdentity(ctx, s.who, s.form(), identity, how)
	}
}

// openName shows the dossier with the seal open. The name stands in this answer only:
// no address leads to it and nothing keeps it.
func (d *Door) openName(w http.ResponseWriter, r *http.Request) error {
	who := porch.Who(r).Person
	view, err := d.Office.Look(r.Context(), who, r.PathValue("id"))
	if err != nil {
		return err
	}
	typed, err := porch.ReadForm(r)
	if err != nil {
		return d.refuseOnDossier(w, r, view, dossierNote{at: atName, typed: typed}, err)
	}
	x, err := readOpening(typed)
	if err != nil {
		return d.refuseOnDossier(w, r, view, dossierNote{at: atName, typed: typed}, err)
	}
	identity, err := d.Office.OpenIdentity(r.Context(), who, view.ID, x)
	if err != nil {
		return d.refuseOnDossier(w, r, view, dossierNote{at: atName, typed: typed}, err)
	}
	if view, err = d.Office.Look(r.Context(), who, view.ID); err != nil { // with this opening in the list
		return err
	}
	return d.showDossier(w, r, view, dossierNote{identity: &identity})
}

// namePairs are the opened details, without what is empty.
func (p *dossierPage) namePairs() []page.Pair {
	i, v := *p.note.identity, p.voice
	var pairs []page.Pair
	add := func(key, value string) {
		if value != "" {
			pairs = append(pairs, page.Pair{Term: v.Say(key), Value: value})
		}
	}
	add("ask.identity.name", i.Name)
	add("ask.identity.organisation", i.Organisation)
	add("ask.identity.others", strings.ReplaceAll(i.Others, "\n", ", "))
	add("ask.identity.salutation", i.Salutation)
	add("ask.identity.phone", i.Phone)
	add("ask.identity.email", i.Email)
	add("ask.identity.copy", i.Copy)
	add("ask.identity.address", frame.JoinLines(i.Street+" "+i.House, i.Postcode+" "+i.Town, i.Country))
	add("ask.identity.unknown", i.Unknown)
	add("ask.identity.way", p.coded("option.identity.way", i.Way))
	add("ask.identity.not_before", i.NotBefore)
	add("ask.identity.their_ref", i.TheirRef)
	add("ask.identity.member_number", i.MemberNumber)
	add("dossier.caller", frame.JoinLines(i.Caller.Name, i.Caller.Relation, i.Caller.Phone))
	if i.Caller.Name != "" {
		add("dossier.may_call", v.Say(frame.YesNo(i.Caller.MayCall, "common.yes", "common.no")))
	}
	add("dossier.reader", frame.JoinLines(i.Reader.Name, i.Reader.Relation, i.Reader.Email))
	return pairs
}
