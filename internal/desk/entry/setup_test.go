package entry

import (
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// filled is a set-up as somebody fills it in.
func filled(key string) url.Values {
	return url.Values{
		"sleutel": {key}, "name": {"Landelijk Steunpunt"}, "short": {"het LSR"}, "postal": {"Postbus 1\r\n3500 AA Utrecht"},
		"procedure": {"lsr-14-dagen"}, "retention": {"24"},
		"department_1_name": {"Opleiding"}, "department_1_manager_name": {"Dirk Baas"}, "department_1_manager_email": {"dirk@lsr.example"},
		"department_5_name": {"Advies"}, "department_5_manager_name": {"Els <Bos>"}, "department_5_manager_email": {"els@lsr.example"},
		"helpdesk_1_name": {"Anna de Wit"}, "helpdesk_1_email": {"anna@lsr.example"},
		"director_name": {"Dirk Baas"}, "director_email": {"dirk@lsr.example"},
		"administrator_name": {"Bea Heer"}, "administrator_email": {"bea@lsr.example"},
		"password": {goodPassword}, "password_again": {goodPassword},
	}
}

func TestSetUpNeedsThePrintedAddress(t *testing.T) {
	x := newEntrance(t)
	for _, path := range []string{"/inrichten", "/inrichten?token=x"} {
		if got := x.get(t, path); got.status != 404 {
			t.Errorf("%s: %d", path, got.status)
		}
	}
	if got := x.post(t, "/inrichten", filled("k")); got.status != 404 {
		t.Errorf("posting: %d", got.status)
	}
	if got := x.get(t, "/inloggen"); !strings.Contains(got.Text(), "nog niet ingericht") || got.Find("form input[type=password]").Length() != 0 {
		t.Error("log-in does not say that there is nobody yet")
	} else {
		got.sound(t)
	}
	got := x.get(t, "/inrichten?token="+x.token)
	got.sound(t)
	if got.status != 200 || got.path != "/inrichten" {
		t.Errorf("%d at %s", got.status, got.path)
	}
	if n := got.Find("input[type=radio][checked]").Length(); n != 0 {
		t.Errorf("%d answers are chosen beforehand", n)
	}
	if got.Find("input[name=procedure]").Length() != 3 || got.Find("fieldset").Length() < 14 || !strings.Contains(got.Text(), "latere versie") {
		t.Error("the form is not whole")
	}
	if got.Find("details[open]").Length() != 0 {
		t.Error("empty rows are not folded")
	}
}

func TestSetUpComesBackWithWhatWasTyped(t *testing.T) {
	x := newEntrance(t)
	key := x.get(t, "/inrichten?token="+x.token).Find("input[name=sleutel]").AttrOr("value", "")
	form := filled(key)
	form.Set("retention", "other")
	form.Set("department_5_manager_email", "els")
	form.Set("password_again", "anders")
	form.Del("procedure")
	got := x.post(t, "/inrichten", form)
	got.sound(t)
	var lines []string
	got.Find("[role=alert] li a").Each(func(_ int, s *goquery.Selection) { lines = append(lines, s.AttrOr("href", "")+" "+s.Text()) })
	if got.status != 422 || len(lines) != 4 || !strings.HasPrefix(lines[0], "#procedure ") || !strings.HasPrefix(lines[1], "#months ") ||
		!strings.HasPrefix(lines[2], "#department_5_manager_email Afdeling 5, ") || !strings.HasPrefix(lines[3], "#password_again ") {
		t.Errorf("%d %q", got.status, lines)
	}
	if !strings.HasPrefix(got.Find("title").Text(), "Fout") {
		t.Errorf("title %q", got.Find("title").Text())
	}
	if got.Find("#department_5_manager_name").AttrOr("value", "") != "Els <Bos>" || got.Find("#postal").Text() != "Postbus 1\n3500 AA Utrecht" && got.Find("#postal").Text() != "Postbus 1\r\n3500 AA Utrecht" ||
		got.Find("input[name=sleutel]").AttrOr("value", "") != key || got.Find("input[name=retention][value=other][checked]").Length() != 1 {
		t.Error("what was typed is lost")
	}
	if strings.Contains(got.html, goodPassword) {
		t.Error("the password stands on the page")
	}
	if got.Find("details[open] #department_5_name").Length() != 1 {
		t.Error("the fold around a mistake is closed")
	}
}

func TestSetUpClosesWithAllGrants(t *testing.T) {
	x := newEntrance(t)
	key := x.get(t, "/inrichten?token="+x.token).Find("input[name=sleutel]").AttrOr("value", "")
	done := x.post(t, "/inrichten", filled(key))
	done.sound(t)
	if done.status != 200 || done.Find("tbody tr").Length() != 4 || done.Find("tbody code").Length() != 3 {
		t.Fatalf("%d %s", done.status, done.Find("main").Text())
	}
	again := x.post(t, "/inrichten", filled(key))
	if again.html != done.html {
		t.Error("a double click loses the start passwords")
	}
	for name, got := range map[string]shown{"the page": x.get(t, "/inrichten"), "the address": x.get(t, "/inrichten?token="+x.token), "another form": x.post(t, "/inrichten", filled("k2"))} {
		if got.status != 404 {
			t.Errorf("%s after set-up: %d", name, got.status)
		}
	}
	anna := done.Find("tbody tr").FilterFunction(func(_ int, s *goquery.Selection) bool { return strings.Contains(s.Text(), "Anna") })
	if got := x.logInAs(t, anna.Find("code").Text()); got.path != "/wachtwoord" {
		t.Errorf("the start password leads to %s", got.path)
	}
	var err error
	if x.browser.Jar, err = cookiejar.New(nil); err != nil {
		t.Fatal(err)
	}
	if got := x.post(t, "/inloggen", url.Values{"email": {"bea@lsr.example"}, "password": {goodPassword}}); got.path != "/werk" {
		t.Errorf("the administrator comes at %s", got.path)
	}
}

func TestSetUpInEnglish(t *testing.T) {
	x := newEntrance(t)
	x.get(t, "/taal?lang=en&terug=/")
	x.get(t, "/inrichten?token="+x.token)
	bad := x.post(t, "/inrichten", url.Values{"sleutel": {"k"}})
	bad.sound(t)
	done := x.post(t, "/inrichten", filled("k"))
	done.sound(t)
	if done.Find("html").AttrOr("lang", "") != "en" || done.status != 200 {
		t.Errorf("%d", done.status)
	}
}
