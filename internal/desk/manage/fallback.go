package manage

import (
	"net/http"

	"github.com/a-h/templ"

	"gehoor/internal/desk/frame"
	"gehoor/internal/page"
	"gehoor/internal/porch"
)

// fallbackWarning says that nobody takes in when the whole helpdesk is concerned; nothing
// when somebody does.
func (d *Door) fallbackWarning(r *http.Request) ([]templ.Component, error) {
	lacks, err := d.Personnel.LacksFallback(r.Context(), porch.Who(r).Person)
	if err != nil || !lacks {
		return nil, err
	}
	v := porch.Voice(r)
	return []templ.Component{frame.ParagraphNote(page.NoteWarn, v.Say("fallback.none_title"), v.Say("fallback.none"))}, nil
}
