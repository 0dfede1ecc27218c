package office

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// Organisation gives the settings in force. A register that was not set up has none.
func (o *Office) Organisation(ctx context.Context) (record.Organisation, error) {
	var org record.Organisation
	text, err := o.Cupboard.Setting(ctx, record.SettingOrganisation)
	if complaint.IsKind(err, complaint.NotFound) {
		return org, nil
	}
	if err != nil {
		return org, err
	}
	return org, json.Unmarshal([]byte(text), &org)
}

// calendars makes the organisation's calendars from its settings.
func calendars(org record.Organisation) complaint.Calendars {
	var closed []calendar.Date
	for _, word := range strings.Fields(org.ClosingDays) {
		if d, err := calendar.Parse(word); err == nil {
			closed = append(closed, d)
		}
	}
	return complaint.Calendars{House: calendar.New(calendar.House, closed...), Statutory: calendar.New(calendar.Statutory)}
}

// pinned gives the rules that a dossier follows. They never change, so they are read
// once.
func (o *Office) pinned(ctx context.Context, pin complaint.Pin) (complaint.Rules, error) {
	if r, ok := o.rules.Load(pin); ok {
		return r.(complaint.Rules), nil
	}
	files, err := o.Cupboard.Procedures(ctx)
	if err != nil {
		return complaint.Rules{}, err
	}
	for _, f := range files {
		if f.ID == pin.ID && f.Version == pin.Version {
			if sum := sha256.Sum256(f.Text); hex.EncodeToString(sum[:]) != f.SHA256 {
				return complaint.Rules{}, fmt.Errorf("office: procedure %s %s was changed in the register", pin.ID, pin.Version)
			}
			r, err := o.Rules(f.Text)
			if err != nil {
				return r, fmt.Errorf("office: procedure %s %s: %w", pin.ID, pin.Version, err)
			}
			o.rules.Store(pin, r)
			return r, nil
		}
	}
	return complaint.Rules{}, fmt.Errorf("office: procedure %s %s is not in the register", pin.ID, pin.Version)
}

// InForce gives the rules in force on a day: of the procedure that the settings name
// for that day, the version that came into force last. A day before the first version
// gets the first.
func (o *Office) InForce(ctx context.Context, day calendar.Date) (complaint.Rules, error) {
	org, err := o.Organisation(ctx)
	if err != nil {
		return complaint.Rules{}, err
	}
	return o.inForce(ctx, org, day)
}

func (o *Office) inForce(ctx context.Context, org record.Organisation, day calendar.Date) (complaint.Rules, error) {
	id := org.ProcedureOn(day.String())
	files, err := o.Cupboard.ProcedureNames(ctx)
	if err != nil {
		return complaint.Rules{}, err
	}
	var best record.ProcedureFile
	for _, f := range files {
		if f.ID != id {
			continue
		}
		if best.ID == "" || f.ValidFrom <= day.String() && f.ValidFrom >= best.ValidFrom {
			best = f
		}
	}
	if best.ID == "" {
		return complaint.Rules{}, fmt.Errorf("office: procedure %q is not in the register", id)
	}
	return o.pinned(ctx, complaint.Pin{ID: best.ID, Version: best.Version})
}
