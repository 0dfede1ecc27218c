package desk

import (
	"net/http"

	"gehoor/internal/calendar"
	"gehoor/internal/porch"
)

// mailLine says on Mijn werk how many mails nobody judged yet and how long the oldest one
// waits, to who may judge them.
func (d *Desk) mailLine(r *http.Request) (string, error) {
	n, err := d.Mail.Count(r.Context(), porch.Who(r).Person)
	if err != nil || n.Waiting == 0 {
		return "", err
	}
	v := porch.Voice(r)
	days := max(0, calendar.Of(n.Oldest).DaysUntil(d.Office.Today()))
	age := v.Count("work.mail_age", days)
	if days == 0 {
		age = v.Say("work.mail_today")
	}
	return v.Count("work.mail", n.Waiting, "Age", age), nil
}
