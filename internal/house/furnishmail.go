package house

import (
	"fmt"
	"strings"
	"time"

	"gehoor/internal/record"
)

// writers wrote a mail that nobody judged yet; ago is in days. One names an employee,
// one has a machine's mark and is of HTML, and one wrote twice.
var writers = []struct {
	name, address, subject, text string
	ago, hour                    int
	header                       string
}{
	{"Roelofje Terhorst", "roelofje.terhorst@example.org", "Klacht: cursusboek kwam nooit aan", "Ik bestelde in september een cursusboek en betaalde € 42. Het boek is er nog steeds niet.\nIk wil het boek, of mijn geld terug.", 3, 21, ""},
	{"Gerlof Spaanderman", "g.spaanderman@example.net", "Vraag over de ledendag", "Kunt u mij zeggen hoe laat de ledendag begint? Alvast bedankt.", 1, 9, ""},
	{"Anneke Zilverschoon", "anneke.zilverschoon@example.com", "ik ben boos", "Meneer Haverdonk heeft mij drie keer beloofd terug te bellen. Hij deed het niet.", 0, 8, ""},
	{"Aanbiedingen", "nieuws@example.com", "Nieuwsbrief: 20 % korting op kantoorstoelen", "<html><head><style>p{color:red}</style></head><body><h1>20 % korting</h1><p>Bestel deze week met korting.</p><table><tr><th>Stoel</th><th>Prijs</th></tr><tr><td>Model Terp</td><td>€ 180</td></tr></table><p><a href=\"https://example.com/uit\">Uitschrijven</a> kan hier.</p></body></html>", 0, 7, "List-Unsubscribe: <mailto:uit@example.com>\r\nPrecedence: bulk\r\n"},
	{"Roelofje Terhorst", "roelofje.terhorst@example.org", "Klacht: cursusboek kwam nooit aan", "Ik bestelde in september een cursusboek en betaalde € 42. Het boek is er nog steeds niet.\nIk wil het boek, of mijn geld terug.", 3, 21, "X-Again: yes\r\n"},
}

// mails plays the mail that came in and waits in the post room.
func (f *furnisher) mails() error {
	for _, m := range writers {
		day := f.at(f.today.AddDays(-m.ago), m.hour)
		year, month, n := day.Date()
		at := time.Date(year, month, n, m.hour, 12, 0, 0, f.house.Zone).Format(time.RFC1123Z)
		kind := "plain"
		if strings.HasPrefix(m.text, "<html>") {
			kind = "html"
		}
		raw := fmt.Sprintf("Received: from mx.example.org by mail.lsr.example.org; %s\r\n%sFrom: %s <%s>\r\nTo: klachten@lsr.example.org\r\nSubject: %s\r\nDate: %s\r\nMessage-ID: <%d.%s>\r\nContent-Type: text/%s; charset=utf-8\r\n\r\n%s\r\n",
			at, m.header, m.name, m.address, m.subject, at, m.hour, m.address, kind, strings.ReplaceAll(m.text, "\n", "\r\n"))
		if _, err := f.house.Mailroom.TakeIn(f.ctx, []byte(raw), record.MailPlace{}); err != nil {
			return err
		}
	}
	f.at(f.today, 10)
	return nil
}
