package frame

import (
	"net/http"
	"strings"

	"gehoor/internal/page"
	"gehoor/internal/words"
)

// What happened stands in the address of the next page, as a code that says nothing
// about anybody; numbers of dossiers that look alike may go along.
const (
	AlikeField   = "lijkt"
	DoneReceived = "opgenomen"
)

// Alike gives the numbers of complaints that look like the one just taken in.
func Alike(r *http.Request) []string {
	var numbers []string
	for _, number := range strings.Split(r.URL.Query().Get(AlikeField), ",") {
		if isNumber.MatchString(number) && len(numbers) < 10 {
			numbers = append(numbers, number)
		}
	}
	return numbers
}

// AlikeLinks lead to those complaints, by number.
func AlikeLinks(v *words.Voice, numbers []string) []page.Link {
	var links []page.Link
	for _, number := range numbers {
		links = append(links, page.Link{Label: v.Say("intake.look_at", "Number", number), Href: Address(WorkPath, "nummer", number)})
	}
	return links
}

// DoneField says in the address of a page what was just done, as a code that says
// nothing about anybody.
const DoneField = "gedaan"

// FromField says in the address of a form that it is filled with what the complainant
// wrote last, by e-mail.
const (
	FromField = "uit"
	FromMail  = "mail"
)

// DoField carries which button of a form was pressed.
const DoField = "doe"
