package browser

import (
	"net/http"
	"strings"
	"testing"

	"gehoor/internal/personnel"
	"gehoor/internal/procedure"
	"gehoor/internal/record"
)

// promising is the first page and the leaflet of an organisation that filled in all that
// can be: the longest that they get.
func (w *world) promising(t *testing.T) []stop {
	t.Helper()
	other := w.twin(t)
	who, ctx := other.person(t, admin), t.Context()
	check(t, other.AddProcedure(ctx, everythingOn(t), "the test"))
	check(t, other.People.FollowProcedure(ctx, who, "alles-aan", other.People.Today()))
	settings, _, err := other.People.Settings(ctx, who)
	check(t, err)
	settings.Language = "nl"
	settings.OpeningHours, settings.ReplyNumber = "op elke werkdag van 9 tot 17 uur", "Antwoordnummer 99, 3500 VB Utrecht"
	_, err = other.People.ChangeOrganisation(ctx, who, "", personnel.OrganisationForm{Organisation: settings, Retention: "24"})
	check(t, err)
	check(t, other.People.ChangeStyle(ctx, who, "", personnel.StyleForm{Accent: "#5b2a86", AccentDark: "#c9a7f0", Logo: aLogo(t)}))
	soon := other.People.Today().AddDays(7)
	check(t, other.People.CloseOn(ctx, who, record.Days{From: soon, To: soon.AddDays(11)}))
	const filled = " with everything filled in"
	return []stop{
		other.stop("GET /"+filled, nobody, "/", http.StatusOK),
		other.stop("GET /folder"+filled, nobody, "/folder", http.StatusOK),
	}
}

// everythingOn is the longest of the shipped procedures with every key filled.
func everythingOn(t *testing.T) []byte {
	t.Helper()
	for _, f := range procedure.Shipped() {
		if f.Name != "awb-wkkgz" {
			continue
		}
		text := string(f.Text)
		for _, change := range [][2]string{
			{"\nid: awb-wkkgz\n", "\nid: alles-aan\n"},
			{"label: Formulier op de website\n    enabled: false", "label: Formulier op de website\n    enabled: true"},
			{"\nfollow_up: false\n", "\nfollow_up: true\n"},
			{"\nsecond_instance: \"\"\n", "\nsecond_instance: De klachtencommissie, Postbus 99999, 3500 ZZ Utrecht\n"},
		} {
			if strings.Count(text, change[0]) != 1 {
				t.Fatalf("the procedure does not have %q once", change[0])
			}
			text = strings.Replace(text, change[0], change[1], 1)
		}
		return []byte(text)
	}
	t.Fatal("no procedure awb-wkkgz")
	return nil
}
