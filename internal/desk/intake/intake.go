package intake

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/porch"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

// The addresses of an intake, by the way in which the complaint came.
const (
	phonePath  = frame.IntakePath + "/telefoon"
	letterPath = frame.IntakePath + "/brief"
	emailPath  = frame.IntakePath + "/e-mail"
)

// Routes lists the addresses of an intake.
func (d *Door) Routes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET " + frame.IntakePath, Handler: d.chooseIntake},
		{Pattern: "GET " + phonePath, Handler: d.blank(complaint.Phone)},
		{Pattern: "POST " + phonePath, Handler: d.takeIn(complaint.Phone)},
		{Pattern: "GET " + letterPath, Handler: d.blank(complaint.Post)},
		{Pattern: "POST " + letterPath, Handler: d.takeIn(complaint.Post)},
		{Pattern: "GET " + emailPath, Handler: d.blank(complaint.Email)},
		{Pattern: "POST " + emailPath, Handler: d.takeIn(complaint.Email)},
	}
}

// The buttons under the telephone intake.
const (
	sendNow  = "stuur" // send the text to whoever confirms it
	handOver = "geef-over"
	keepOnly = "bewaar" // go on later
)

// The hidden fields of an intake form, beside the request key.
const (
	draftField = "concept" // the dossier that is about to be, with its wrapped keys
	filesField = "bestand" // files that came along with an earlier try
	cardField  = "kaart"   // the quick card of which the complaint is made
)

// intakeSheet is an intake form as it goes to and fro: what was typed, what is wrong
// with it, and what there is to choose from.
type intakeSheet struct {
	voice   *words.Voice
	channel complaint.Channel
	typed   porch.Form
	wrong   frame.Wrong
	draft   office.Draft
	key     string
	files   []keptFile
	unsent  *office.UnsentIntake // what stands in the form was kept before; nil: it was not
	done    string               // what was just done

	rules     complaint.Rules
	receivers []office.Receiver // to whom it can be handed over
	source    *office.View      // the dossier from the same letter or call
	names     frame.People
	today     calendar.Date
}

// intakes are the ways in that the desk takes, in the order of the choice.
var intakes = []struct {
	channel complaint.Channel
	path    string
}{
	{complaint.Phone, phonePath}, {complaint.Post, letterPath}, {complaint.Email, emailPath},
}

// pathOf gives the address of the form of a channel.
func pathOf(c complaint.Channel) string {
	for _, i := range intakes {
		if i.channel == c {
			return i.path
		}
	}
	return frame.IntakePath
}

// chooseIntake asks how the complaint came in; only the ways that the procedure has
// switched on.
func (d *Door) chooseIntake(w http.ResponseWriter, r *http.Request) error {
	if !frame.MayReceive(porch.Who(r).Person) {
		return frame.ErrForbidden
	}
	if id := r.URL.Query().Get(sourceField); id != "" {
		view, err := d.Office.Look(r.Context(), porch.Who(r).Person, id)
		if err != nil {
			return err
		}
		path := pathOf(view.Channel)
		if path == frame.IntakePath { // a form has no second complaint in it that somebody could type
			return complaint.ErrNotFound
		}
		return porch.SeeOther(w, r, frame.Address(path, sourceField, view.ID))
	}
	rules, err := d.Office.InForce(r.Context(), d.Office.Today())
	if err != nil {
		return err
	}
	v := porch.Voice(r)
	var ways []intakeWay
	for _, i := range intakes {
		if _, enabled := rules.Channel(i.channel); enabled {
			key := "intake.channel." + string(i.channel)
			ways = append(ways, intakeWay{ID: string(i.channel), Href: i.path, Title: v.Say(key), Text: v.Say(key + ".text"), Button: v.Say(key + ".button")})
		}
	}
	return d.Show(w, r, http.StatusOK, frame.Page{Title: v.Say("button.new_complaint"), Body: intakeWays(v, ways)})
}

// intakeWay is one way in, to choose from.
type intakeWay struct{ ID, Href, Title, Text, Button string }

// icon draws a way in.
func (w intakeWay) icon() page.IconName {
	switch complaint.Channel(w.ID) {
	case complaint.Phone:
		return page.IconPhone
	case complaint.Post:
		return page.IconPage
	}
	return page.IconMail
}

// blank shows the form of a channel for the first time.
func (d *Door) blank(channel complaint.Channel) porch.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		s, err := d.intakeSheet(r, channel)
		if err != nil {
			return err
		}
		s.key, s.typed = porch.NewKey(), proposals(s)
		if id := r.URL.Query().Get(draftField); id != "" {
			err = d.takeUnsent(r, s, id)
		} else if card := r.URL.Query().Get(cardField); card != "" && channel == complaint.Phone {
			err = d.takeCardUp(r, s, card)
		} else if id := r.URL.Query().Get(mailField); id != "" && channel == complaint.Email {
			err = d.takeMail(r, s, id)
		} else {
			s.draft, err = d.Office.Begin()
		}
		if err != nil {
			return err
		}
		if err := d.findSource(r, s, cmp.Or(r.URL.Query().Get(sourceField), s.typed.Text(sourceField))); err != nil {
			return err
		}
		return d.showIntake(w, r, http.StatusOK, s)
	}
}

// proposals are the answers that are most often right.
func proposals(s *intakeSheet) porch.Form {
	return porch.Form{Values: url.Values{
		"received_on": {s.today.String()},
		"level":       {string(s.rules.Anonymity.Default)},
		"for_whom":    {forSelf},
		"point_size":  {"12"},
	}}
}

// intakeSheet gets ready what every intake form needs.
func (d *Door) intakeSheet(r *http.Request, channel complaint.Channel) (*intakeSheet, error) {
	if !frame.MayReceive(porch.Who(r).Person) {
		return nil, frame.ErrForbidden
	}
	s := &intakeSheet{voice: porch.Voice(r), channel: channel, wrong: frame.Wrong{}, today: d.Office.Today()}
	var err error
	if s.rules, err = d.Office.InForce(r.Context(), s.today); err != nil {
		return nil, err
	}
	if _, enabled := s.rules.Channel(channel); !enabled {
		return nil, complaint.ErrNotFound
	}
	if s.names, err = d.People(r); err != nil {
		return s, err
	}
	s.receivers, err = d.Office.Receivers(r.Context(), porch.Who(r).Person, "")
	return s, err
}

// sourceField carries the dossier that came from the same letter or call.
const sourceField = "bron"

// findSource looks at the dossier from the same letter or call; who may not see it gets
// the answer for what does not exist. Its channel is also that of this one.
func (d *Door) findSource(r *http.Request, s *intakeSheet, id string) error {
	if id == "" {
		return nil
	}
	view, err := d.Office.Look(r.Context(), porch.Who(r).Person, id)
	if err != nil {
		return err
	}
	if view.Reading < complaint.ReadsText || view.Channel != s.channel {
		return complaint.ErrNotFound
	}
	s.source = &view
	return nil
}

// takeIn takes a complaint in, or shows the form again with all that was typed and all
// that is wrong.
func (d *Door) takeIn(channel complaint.Channel) porch.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		s, err := d.intakeSheet(r, channel)
		if err != nil {
			return err
		}
		if err := d.readIntake(r, s); err != nil {
			return err
		}
		if err := d.findSource(r, s, s.typed.Text(sourceField)); err != nil {
			return err
		}
		if names := s.typed.All(porch.ChooseField); len(names) > 0 { // it comes back after logging in again
			s.wrong.Add("file", s.voice.Say("error.choose_again", "Names", strings.Join(names, ", ")))
			return d.showIntake(w, r, http.StatusUnprocessableEntity, s)
		}
		switch s.typed.Text(frame.DoField) {
		case keepDraft:
			return d.keepUnsent(w, r, s)
		case dropDraft, dropDraftNow:
			return d.dropUnsent(w, r, s)
		}
		got, err := d.receive(r.Context(), porch.Who(r).Person, s)
		if err != nil {
			return err
		}
		if got.Handed {
			return porch.SeeOther(w, r, frame.Address(frame.WorkPath, frame.DoneField, "overgeven"))
		}
		if got.Dossier != "" {
			return porch.SeeOther(w, r, s.leadsTo(got))
		}
		return d.showIntake(w, r, http.StatusUnprocessableEntity, s)
	}
}

// receive hands the intake to the office. Without a dossier and without an error the
// sheet says what is wrong.
func (d *Door) receive(ctx context.Context, who complaint.Person, s *intakeSheet) (office.Received, error) {
	in := s.intake()
	if len(s.wrong) > 0 {
		// Something could not be read at all: find the rest of what is wrong, take nothing in.
		return office.Received{}, s.take(d.check(ctx, who, s, in))
	}
	got, err := d.takeUp(ctx, who, s, in)
	switch {
	case err == nil:
		return got, nil
	case complaint.IsKind(err, complaint.UsedKey):
		return d.receivedBefore(ctx, who, s, err)
	case complaint.IsKind(err, complaint.NotFound) && len(in.Files) > 0:
		s.files = nil // they lay too long and were swept
		s.wrong.Add("file", s.voice.Say("error.upload_broken"))
		return office.Received{}, nil
	}
	return office.Received{}, s.take(err)
}

// receivedBefore is for a form that became a dossier already and comes back with other
// content. What was changed since is not taken in, and the form says so.
func (d *Door) receivedBefore(ctx context.Context, who complaint.Person, s *intakeSheet, used error) (office.Received, error) {
	view, err := d.Office.Look(ctx, who, s.draft.ID)
	if complaint.IsKind(err, complaint.NotFound) {
		return office.Received{}, used
	}
	if err != nil {
		return office.Received{}, err
	}
	s.wrong.Add("", s.voice.Say("error.received_before", "Number", view.Number))
	return office.Received{}, nil
}

// leadsTo is the page after receiving: the dossier, or reading the text aloud. Numbers
// of complaints that look alike go along; nothing personal does.
func (s *intakeSheet) leadsTo(got office.Received) string {
	path := frame.DossierPath(got.Dossier)
	if s.readsAloud() {
		path += "/bevestigen"
	}
	return frame.Address(path, frame.DoneField, frame.DoneReceived, frame.AlikeField, strings.Join(got.Alike, ","))
}

// readsAloud reports whether the text is read to the caller now.
func (s *intakeSheet) readsAloud() bool {
	return s.channel == complaint.Phone && s.typed.Text("doe") == sendNow && s.typed.Text("how") == complaint.HowReadAloud
}

// showIntake draws the form.
func (d *Door) showIntake(w http.ResponseWriter, r *http.Request, status int, s *intakeSheet) error {
	title := s.voice.Say("intake.title." + string(s.channel))
	return d.Show(w, r, status, frame.Page{Title: title, Failed: len(s.wrong) > 0, Body: intakePage(s)})
}

// colleagues are the accounts that may be named as the employee concerned, by name.
func (s *intakeSheet) colleagues() []page.Option {
	list := []page.Option{{Label: s.voice.Say("intake.concerned_staff.none")}}
	for id, c := range s.names.Staff {
		if c.Active {
			list = append(list, page.Option{Value: string(id), Label: strings.TrimSuffix(c.Name+", "+c.Function, ", ")})
		}
	}
	slices.SortStableFunc(list[1:], func(a, b page.Option) int { return strings.Compare(a.Label, b.Label) })
	return list
}

// departments are the departments to choose from, with who manages them.
func (s *intakeSheet) departments() []page.Option {
	list := []page.Option{{Label: s.voice.Say("intake.later")}}
	for _, x := range s.names.Departments {
		label := x.Name
		if manager := s.names.Name(x.Manager); manager != "" {
			label += " (" + manager + ")"
		}
		list = append(list, page.Option{Value: x.ID, Label: label})
	}
	return list
}

// hasDepartment reports whether a department can be chosen.
func (s *intakeSheet) hasDepartment(id string) bool {
	return slices.ContainsFunc(s.names.Departments, func(x record.Department) bool { return x.ID == id })
}
