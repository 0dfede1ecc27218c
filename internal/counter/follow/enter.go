package follow

import (
	"net/http"
	"slices"
	"strings"

	"gehoor/internal/counter/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/porch"
	"gehoor/internal/words"
)

// unsent is a form that was sent when the visit was over. It goes along with number and
// code, and comes back filled in.
type unsent struct {
	url   string   // where it was sent
	kept  string   // what was typed, for one hidden field
	files []string // the names of its files: those are chosen anew
}

// The hidden fields with which an unsent form goes past number and code.
const (
	keptField = frame.KeptField
	toField   = "naar"
)

func (u *unsent) hidden() []page.Hidden {
	if u == nil {
		return nil
	}
	return []page.Hidden{{Name: keptField, Value: u.kept}, {Name: toField, Value: u.url}}
}

// names are those of its files.
func (u *unsent) names() []string {
	if u == nil {
		return nil
	}
	return u.files
}

// readUnsent finds an unsent form that came along; nil: there is none.
func readUnsent(f porch.Form) *unsent {
	if kept := f.Raw(keptField); kept != "" {
		return &unsent{url: f.Text(toField), kept: kept, files: porch.Typed(kept).All(porch.ChooseField)}
	}
	return nil
}

// askPage asks for number and code.
type askPage struct {
	voice        *words.Voice
	phone        string
	form         *frame.Answers
	number, code page.Field
	late         bool // the visit was over
	unsent       *unsent
}

func (d *Door) ask(w http.ResponseWriter, r *http.Request, status int, p askPage) error {
	org, err := d.Personnel.Organisation(r.Context())
	if err != nil {
		return err
	}
	v := porch.Voice(r)
	p.voice, p.phone = v, org.Phone
	p.number = p.form.Ask(page.Field{Name: "number", Label: v.Say("counter.slip.number"), Hint: v.Say("counter.slip.number_hint"), Width: page.Width20, InputMode: "numeric"})
	p.code = p.form.Ask(page.Field{Name: "code", Label: v.Say("counter.follow.code"), Hint: v.Say("counter.follow.code_hint"), Width: page.Width20, InputMode: "numeric"})
	p.code.Value = "" // a code is typed anew
	return d.Show(w, r, status, frame.Page{Title: v.Say("counter.follow.title"), Place: frame.FollowPath, Failed: p.form.Failed(), Typing: frame.CameBack(r, enterID, frame.FollowPath), Body: askFor(p)})
}

// enter takes number and code.
func (d *Door) enter(w http.ResponseWriter, r *http.Request) error {
	form := frame.NewAnswers(r)
	if err := form.Fill(porch.ReadFormUpTo(r, porch.MaxAgain)); err != nil {
		return err
	}
	var token string
	var waits *office.HeldForm
	status, err := form.Prove(func() (err error) {
		token, waits, err = d.Office.Follow(r.Context(), office.Proof{Number: form.Typed.Text("number"), Code: form.Typed.Text("code"), From: porch.Client(r)})
		return err
	})
	late := readUnsent(form.Typed)
	if err != nil {
		return err
	} else if status != http.StatusOK {
		return d.ask(w, r, status, askPage{form: form, late: late != nil, unsent: late})
	}
	if waits != nil {
		return d.waits(w, r, waits)
	}
	setCookie(w, r, token)
	if late == nil {
		return porch.SeeOther(w, r, frame.FollowPath)
	}
	return d.again(w, r, token, late)
}

// again shows a form that was sent when the visit was over, as it was sent.
func (d *Door) again(w http.ResponseWriter, r *http.Request, token string, late *unsent) error {
	who, err := d.Office.Visitor(r.Context(), token)
	if err != nil {
		return err
	}
	x := visit{who: who, form: frame.NewAnswers(r), unsent: late}
	if err := x.form.Fill(porch.Typed(late.kept), nil); err != nil {
		return err
	}
	switch late.url {
	case stopPath:
		return d.stopPage(w, r, http.StatusOK, x)
	case detailsPath:
		return d.detailsPage(w, r, http.StatusOK, x)
	}
	return d.ownWith(w, r, http.StatusOK, x, ownPage{kept: keptFiles(x.form.Typed)})
}

// tooLate asks for number and code again, and keeps what was typed.
func (d *Door) tooLate(w http.ResponseWriter, r *http.Request) error {
	sent, err := porch.Keep(r)
	if err != nil {
		return err
	}
	setCookie(w, r, "")
	p := askPage{form: frame.NewAnswers(r), late: true}
	if hasAnswers(porch.Typed(sent.Kept)) {
		p.unsent = &unsent{url: sent.URL, kept: sent.Kept, files: sent.Files}
	}
	return d.ask(w, r, http.StatusUnauthorized, p)
}

// hasAnswers reports whether anything was typed or chosen.
func hasAnswers(f porch.Form) bool {
	for name, list := range f.Values {
		if name != porch.KeyField && slices.ContainsFunc(list, func(s string) bool { return strings.TrimSpace(s) != "" }) {
			return true
		}
	}
	return false
}
