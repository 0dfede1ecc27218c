package follow

import (
	"net/http"

	"gehoor/internal/complaint"
	"gehoor/internal/counter/frame"
	"gehoor/internal/office"
	"gehoor/internal/porch"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

// waitsPage tells who sent a form how it stands while it is no dossier: somebody looks at it
// first, or thought that it is no complaint. There is nothing else to see.
type waitsPage struct {
	voice *words.Voice
	org   record.Organisation
	form  *office.HeldForm
	late  bool // the answer should have gone
}

func (d *Door) waits(w http.ResponseWriter, r *http.Request, form *office.HeldForm) error {
	org, err := d.Personnel.Organisation(r.Context())
	if err != nil {
		return err
	}
	v := porch.Voice(r)
	p := waitsPage{voice: v, org: org, form: form, late: d.Office.Today().After(form.DueOn)}
	return d.Show(w, r, http.StatusOK, frame.Page{Title: v.Say("counter.follow.title"), Place: frame.FollowPath, Body: formStands(p)})
}

func (p waitsPage) dismissed() bool { return p.form.State == complaint.MailNoComplaint }

// promise says by when the answer goes.
func (p waitsPage) promise() string {
	key := "tell.date.due"
	if p.late {
		key = "counter.follow.late"
	}
	return p.voice.Say(key, "Due", p.voice.LongDate(p.form.DueOn))
}

// meant says how to tell that it is a complaint after all.
func (p waitsPage) meant() string {
	key := "counter.follow.dismissed.write"
	if p.org.Phone != "" {
		key = "counter.follow.dismissed.call"
	}
	return p.voice.Say(key, "Phone", p.org.Phone, "Number", p.form.Number)
}
