package personnel

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// The names of the fields of the house style.
const (
	FieldLogo       = "logo"
	FieldAccent     = "accent"
	FieldAccentDark = "accent_dark"
)

// StyleForm is what is chosen of the looks: nothing keeps the logo as it is, and empty
// colours are gehoor's.
type StyleForm struct {
	Accent, AccentDark string
	Logo               []byte // a PNG or JPEG as it was sent
}

// ChangeStyle gives the pages for everybody the organisation's logo and colours. Colours
// that somebody could not read on any ground they are used on are refused, and the pair is
// named.
func (p *Personnel) ChangeStyle(ctx context.Context, who complaint.Person, seen string, f StyleForm) error {
	if err := mayManage(who); err != nil {
		return err
	}
	var m complaint.Mistakes
	accent, dark := colour(&m, FieldAccent, f.Accent), colour(&m, FieldAccentDark, f.AccentDark)
	if len(m) == 0 {
		clashes(&m, accent, dark)
	}
	var logo record.Logo
	var size record.PictureSize
	if len(f.Logo) > 0 {
		logo, size = readLogo(&m, f.Logo)
	}
	if err := m.Err(); err != nil {
		return err
	}
	if logo.Hash != "" {
		if err := p.keepLogo(ctx, who, logo); err != nil {
			return err
		}
	}
	return p.changeSettings(ctx, who, seen, func(is *record.Organisation) error {
		is.Accent, is.AccentDark = accent, dark
		if logo.Hash != "" {
			is.Logo, is.LogoSize = logo.Hash, size.String()
		}
		return nil
	})
}

// LeaveStyle goes back to gehoor's own looks.
func (p *Personnel) LeaveStyle(ctx context.Context, who complaint.Person) error {
	return p.changeSettings(ctx, who, "", func(is *record.Organisation) error {
		is.Logo, is.LogoSize, is.Accent, is.AccentDark = "", "", "", ""
		return nil
	})
}

// colour reads what was typed; gehoor's own is kept as none chosen.
func colour(m *complaint.Mistakes, field, typed string) string {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return ""
	}
	c, ok := record.ReadColour(typed)
	if !ok {
		m.Add(field, "error.colour")
	}
	return c.String()
}

// clashes names every pair that cannot be told apart, at the colour it comes from.
func clashes(m *complaint.Mistakes, accent, dark string) {
	light, deep, own := record.Organisation{Accent: accent, AccentDark: dark}.Accents()
	if !own {
		return
	}
	for _, c := range record.Clashes(light, deep) {
		field := FieldAccent
		if c.Dark && !strings.HasPrefix(c.Pair, "band") { // the band is made of the light one, in both
			field = FieldAccentDark
		}
		tenths, need := int(c.Ratio*10), int(c.Need*10) // rounded down: 4.49 is not 4.5
		m.Add(field, "error.contrast_"+c.Pair, "Whole", tenths/10, "Tenth", tenths%10, "NeedWhole", need/10, "NeedTenth", need%10)
	}
}

// keepLogo puts a logo beside the older ones: the settings say which one is shown.
func (p *Personnel) keepLogo(ctx context.Context, who complaint.Person, logo record.Logo) error {
	const tries = 5
	for range tries {
		all, err := p.Cupboard.SettingHistory(ctx, record.SettingLogo)
		if err != nil {
			return wrapped("logo", err)
		}
		var last record.Setting
		if len(all) > 0 {
			last = all[0]
		}
		value, err := json.Marshal(logo)
		if err != nil {
			return wrapped("logo", err)
		}
		if last.Value == string(value) {
			return nil
		}
		next := record.Setting{ID: record.NewID(), Name: record.SettingLogo, Value: string(value), At: p.after(last.At), Actor: who.ID}
		err = p.Cupboard.ReplaceSetting(ctx, last.ID, next, p.about(who.ID, "change_settings", "", FieldLogo))
		if !errors.Is(err, record.ErrLost) {
			return wrapped("logo", err)
		}
	}
	return errSettingsStale
}

// Logo gives the logo that the settings show, by its hash; any other does not exist.
func (p *Personnel) Logo(ctx context.Context, hash string) ([]byte, error) {
	org, err := p.Organisation(ctx)
	if err != nil {
		return nil, err
	}
	if hash == "" || org.Logo != hash {
		return nil, complaint.ErrNotFound
	}
	all, err := p.Cupboard.SettingHistory(ctx, record.SettingLogo)
	if err != nil {
		return nil, wrapped("logo", err)
	}
	for _, x := range all {
		var logo record.Logo
		if err := json.Unmarshal([]byte(x.Value), &logo); err != nil {
			return nil, wrapped("logo", err)
		}
		if logo.Hash == hash {
			return logo.PNG, nil
		}
	}
	return nil, complaint.ErrNotFound
}
