package form

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/counter/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/porch"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

// The steps of the form.
const (
	stepStory = iota + 1
	stepWish
	stepAbout
	stepWho
	stepCheck
)

// The hidden fields and buttons of every step.
const (
	formID     = "klacht"
	laterID    = "verder"
	stateField = "formulier" // all that was typed so far, sealed
	stepField  = "stap"
	doField    = "doe"
	doNext     = "verder"
	doBack     = "terug"
	doLater    = "bewaar"
	doSend     = "verstuur"
	doChange   = "stap-" // and the number of a step
	trapField  = "website"
	fileField  = frame.FileField
	keptField  = "bestand"

	typedForm  = office.TypedForm
	handedForm = office.HandedForm
)

// answersOf are the questions of each step.
var answersOf = map[int][]string{
	stepStory: {"description", "when"},
	stepWish:  {"wish", "desired_outcome"},
	stepAbout: {"subject", "category", "talk", "concerned"},
	stepWho: {"give_name", "for_whom", "caller_name", "caller_relation", "caller_knows", "name", "way", "street", "house", "postcode", "town", "country",
		"email", "phone", "member"},
}

// state is a form under way. It travels in the page, sealed: it lives nowhere else until
// it is sent, or kept to go on with.
type state struct {
	Draft    office.Draft // the dossier that it may become
	Key      string       // the request key
	Code     string       // of a complaint with a name
	Nameless string       // of one without
	Later    string       // to go on with it
	Began    time.Time
	Renewed  time.Time // last looked over, after a long time
	Reached  int       // the furthest step that was shown
	Kept     int       // the step at which it was kept, to go on there
	Trapped  bool      // something stood in the field that people do not see
	Values   url.Values
	Files    []keptFile
}

// keptFile is a file that came along.
type keptFile struct {
	ID   string
	Name string
	Size int64
}

func (d *Door) newState() (s state, err error) {
	if s.Draft, err = d.Office.Begin(); err != nil {
		return s, err
	}
	if s.Code, s.Nameless, s.Later, err = d.Office.Codes(); err != nil {
		return s, err
	}
	s.Key, s.Began, s.Values = porch.NewKey(), d.Office.Now(), url.Values{}
	return s, nil
}

// sheet is a step in use.
type sheet struct {
	voice  *words.Voice
	rules  complaint.Rules
	org    record.Organisation
	state  state
	at     int
	posted porch.Form
	wrong  map[string]string
	unfit  bool   // something typed in this step is too long, or no text
	lost   bool   // what was typed before could not be read
	again  bool   // it lay a long time: look it over once more
	sealed string // the state, as it goes along
}

func (d *Door) sheet(r *http.Request) (*sheet, error) {
	s := &sheet{voice: porch.Voice(r), wrong: map[string]string{}}
	var err error
	if s.rules, err = d.Office.FormRules(r.Context()); err != nil {
		return nil, err
	}
	s.org, err = d.Office.Organisation(r.Context())
	return s, err
}

// value is what was typed, in this step or an earlier one.
func (s *sheet) value(name string) string {
	return strings.TrimSpace(strings.ReplaceAll(s.state.Values.Get(name), "\r\n", "\n"))
}

func (s *sheet) isNameless() bool {
	return s.rules.Anonymity.Nameless && s.value("give_name") == "no"
}

// ask makes a field: with what was typed, and what is wrong with it.
func (s *sheet) ask(f page.Field) page.Field {
	f.Label, f.Value, f.Error = s.voice.Say("form."+f.Name), s.state.Values.Get(f.Name), s.wrong[f.Name]
	f.Values = s.state.Values[f.Name]
	if f.Autocomplete == "" { // else browsers leave it empty when somebody goes back
		f.Autocomplete = "on"
	}
	if key := "form." + f.Name + ".hint"; s.voice.Has(key) {
		f.Hint = s.voice.Say(key)
	}
	return f
}

// answers are the answers to a choice, by code.
func (s *sheet) answers(name string, codes ...string) []page.Option {
	var list []page.Option
	for _, code := range codes {
		key := "form." + name + "." + code
		o := page.Option{Value: code, Label: s.voice.Say(key)}
		if s.voice.Has(key + ".hint") {
			o.Hint = s.voice.Say(key + ".hint")
		}
		list = append(list, o)
	}
	return list
}

// mistakes lists what is wrong, in the order of the step.
func (s *sheet) mistakes() []page.FieldError {
	var list []page.FieldError
	if s.lost {
		list = append(list, page.FieldError{Text: s.voice.Say("form.lost")})
	}
	for _, name := range append(answersOf[s.at], fileField, "") {
		if text, is := s.wrong[name]; is {
			label := ""
			if name != "" {
				label = s.voice.Say("form." + name)
			}
			list = append(list, page.FieldError{ID: name, Label: label, Text: text})
		}
	}
	return list
}

func (s *sheet) title() string { return s.voice.Say("form.title." + string(rune('0'+s.at))) }
