package personnel_test

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/personnel"
)

func aLogo(t *testing.T, width int) []byte {
	t.Helper()
	var out bytes.Buffer
	check(t, png.Encode(&out, image.NewNRGBA(image.Rect(0, 0, width, 50))))
	return out.Bytes()
}

func TestHouseStyle(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		c := o.crew(t)
		admin := c.admin.Person()
		if err := c.ChangeStyle(t.Context(), c.manager.Person(), "", personnel.StyleForm{Accent: "#5b2a86"}); err == nil {
			t.Error("a manager changes the house style")
		}
		err := c.ChangeStyle(t.Context(), admin, "", personnel.StyleForm{Accent: "#ffd400", AccentDark: "paars"})
		if keys(err) != "accent_dark error.colour" {
			t.Errorf("no colour: %v", keys(err))
		}
		err = c.ChangeStyle(t.Context(), admin, "", personnel.StyleForm{Accent: "#ffd400"})
		if !strings.Contains(keys(err), "accent error.contrast_page") {
			t.Errorf("yellow on white: %v", keys(err))
		}
		check(t, c.ChangeStyle(t.Context(), admin, "", personnel.StyleForm{Accent: " #5B2A86 ", Logo: aLogo(t, 100)}))
		first, version, err := c.Settings(t.Context(), admin)
		check(t, err)
		if first.Accent != "#5b2a86" || first.LogoSize != "100x50" || first.Name == "" {
			t.Errorf("kept: %+v", first)
		}
		shown, err := c.Logo(t.Context(), first.Logo)
		if err != nil || !bytes.HasPrefix(shown, []byte("\x89PNG")) {
			t.Errorf("the logo: %v", err)
		}
		check(t, c.ChangeStyle(t.Context(), admin, version, personnel.StyleForm{Accent: "#5b2a86", Logo: aLogo(t, 80)}))
		if err := c.ChangeStyle(t.Context(), admin, version, personnel.StyleForm{}); !complaint.IsKind(err, complaint.Stale) {
			t.Errorf("a form of before: %v", err)
		}
		for _, hash := range []string{first.Logo, "", "../x"} { // the older one is in the history, and shown to nobody
			if _, err := c.Logo(t.Context(), hash); !complaint.IsKind(err, complaint.NotFound) {
				t.Errorf("logo %q: %v", hash, err)
			}
		}
		check(t, c.LeaveStyle(t.Context(), admin))
		list, err := c.SettingsHistory(t.Context(), admin)
		check(t, err)
		var fields []string
		for _, x := range list {
			fields = append(fields, x.Field)
		}
		if got := strings.Join(fields, " "); got != "logo accent logo logo accent" {
			t.Errorf("the history has %s", got)
		}
	})
}
