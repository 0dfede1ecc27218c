package entry

import (
	"net/url"
	"strings"
	"testing"

	"gehoor/internal/personnel"
)

// paper is a recovery sheet of one row.
type paper struct{}

func (paper) Rows() []personnel.KeyRow {
	return []personnel.KeyRow{{Number: 1, Of: 1, Key: "root", Groups: []string{"ABCDE", "GEHEI"}}}
}
func (paper) IsLastGroup(typed string) bool { return strings.EqualFold(typed, "GEHEI") }
func (paper) Fingerprint() string           { return "FPRT" }
func (paper) Epoch() uint32                 { return 1 }

// withSheet sets a register up and gives the page with all grants.
func withSheet(t *testing.T) (*entrance, shown) {
	t.Helper()
	x := newEntrance(t)
	x.Personnel.Keys = paper{}
	if got := x.get(t, "/inrichten/herstelblad"); got.status != 404 {
		t.Errorf("before anything: %d", got.status)
	}
	key := x.get(t, "/inrichten?token="+x.token).Find("input[name=sleutel]").AttrOr("value", "")
	if got := x.get(t, "/inrichten/herstelblad"); got.status != 404 {
		t.Errorf("before set-up: %d", got.status)
	}
	return x, x.post(t, "/inrichten", filled(key))
}

// Set-up leads to the recovery sheet, and is done when its last group was typed back.
func TestSetUpShowsTheRecoverySheet(t *testing.T) {
	x, done := withSheet(t)
	if done.Find("a[href='/inrichten/herstelblad']").Length() != 1 || done.Find("a[href='/inloggen']").Length() != 0 {
		t.Error("the page of all grants does not lead to the sheet")
	}
	sheet := x.get(t, "/inrichten/herstelblad")
	sheet.sound(t)
	if sheet.status != 200 || strings.TrimSpace(sheet.Find(".gh-keysheet code").Last().Text()) != "GEHEI" || !strings.Contains(sheet.Text(), "FPRT") {
		t.Fatalf("%d %s", sheet.status, sheet.Find("main").Text())
	}
	wrong := x.post(t, "/inrichten/herstelblad", url.Values{"group": {"ABCDE"}})
	wrong.sound(t)
	if wrong.status != 422 || wrong.Find("#group").AttrOr("value", "") != "ABCDE" || wrong.Find("[role=alert] a").AttrOr("href", "") != "#group" || strings.Contains(wrong.html, "GEHEI") {
		t.Errorf("%d %s", wrong.status, wrong.Find("main").Text())
	}
	right := x.post(t, "/inrichten/herstelblad", url.Values{"group": {"gehei"}})
	right.sound(t)
	if right.status != 200 || right.Find("a[href='/inloggen']").Length() != 1 {
		t.Errorf("%d %s", right.status, right.Find("main").Text())
	}
	if got := x.get(t, "/inrichten/herstelblad"); got.status != 404 {
		t.Errorf("afterwards: %d", got.status)
	}
}

func TestSetUpPutsTheSheetOff(t *testing.T) {
	x, _ := withSheet(t)
	if got := x.post(t, "/inrichten/herstelblad/later", nil); got.path != "/inloggen" {
		t.Errorf("later leads to %s", got.path)
	}
	if got := x.get(t, "/inrichten/herstelblad"); got.status != 404 {
		t.Errorf("seen later: %d", got.status)
	}
	if got := x.post(t, "/inrichten/herstelblad", url.Values{"group": {"GEHEI"}}); got.status != 404 {
		t.Errorf("confirmed later: %d", got.status)
	}
}
