package house

import (
	"net/http"
	"net/netip"
	"strings"

	"gehoor/internal/counter"
	counterframe "gehoor/internal/counter/frame"
	"gehoor/internal/desk"
	"gehoor/internal/desk/entry"
	deskframe "gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/porch"
)

// Doors are the web doors: the counter for everybody, the desk for staff, and the porch
// they share.
type Doors struct {
	Counter *counter.Counter
	Desk    *desk.Desk
	Porch   *porch.Porch
}

// Doors builds the web doors. proxies are those whose word on the visitor's address is
// believed; secure says that people reach them over TLS, whoever ends that.
func (h *House) Doors(proxies []netip.Prefix, secure bool) *Doors {
	p := &porch.Porch{Words: h.Words, Log: h.Log, Who: entry.Who(h.People), Proxies: proxies, Secure: secure, MaxUpload: h.MaxUpload, Pace: porch.NewPace(h.Clock.Now)}
	tell := func(task string, err error) { h.Log.Error("entry", "task", task, "error", err) }
	d := &Doors{Porch: p,
		Counter: &counter.Counter{Rooms: counterframe.Rooms{Office: h.Office, Personnel: h.People, Mail: h.Mailroom, Porch: p}},
		Desk: &desk.Desk{Rooms: deskframe.Rooms{Office: h.Office, Personnel: h.People, Mail: h.Mailroom},
			Entry: &entry.Door{Personnel: h.People, Porch: p, Log: tell}},
	}
	d.Desk.Entry.Frame = d.Desk.Frame
	d.Desk.Entry.Outside = func(r *http.Request, title string) (page.Frame, error) {
		return d.Counter.Frame(r, counterframe.Page{Title: title, Steady: true})
	}
	p.Pages = d.Desk.Entry
	return d
}

// Routes lists every address of both doors.
func (d *Doors) Routes() []porch.Route { return append(d.Counter.Routes(), d.Desk.Routes()...) }

// Handler hangs all routes in the porch. It must be called once.
func (d *Doors) Handler() (http.Handler, error) {
	mux := http.NewServeMux()
	mux.Handle("GET "+page.AssetPath, page.Assets())
	d.Porch.Mount(mux, d.Routes())
	return d.Porch.Front(mux)
}

// ReachedAt says by which address people outside reach the doors, as in
// https://klachten.example.org: letters and e-mails lead there. Without it they name no
// page, and give no code.
func (h *House) ReachedAt(address string) {
	address = strings.TrimRight(address, "/")
	h.Office.BaseURL = address
	h.Office.Reach, h.Office.FollowURL = office.Reach{}, ""
	if address != "" {
		h.Office.Reach = office.Reach{Confirm: address + counterframe.ConfirmTo, Slip: address + counterframe.SlipPath}
		h.Office.FollowURL = address + counterframe.FollowPath
		h.Office.DossierURL = func(dossier string) string { return address + deskframe.DossierPath(dossier) }
		h.Office.MailURL = func(mail string) string { return address + deskframe.MailPath + "/" + mail }
	}
}
