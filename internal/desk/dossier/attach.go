package dossier

import (
	"context"
	"errors"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"gehoor/internal/complaint"
	"gehoor/internal/office"
	"gehoor/internal/porch"
)

// attachForms add files.
func attachForms() []*taskForm {
	return []*taskForm{{path: "bijlage", task: complaint.TaskAttach, upload: true, ask: askFiles, do: attach}}
}

// keptField carries the files of a try that was refused.
const keptField = "bewaard"

func askFiles(s *sheet) []templ.Component {
	return []templ.Component{keptFiles(s), s.files("file")}
}

// readFiles seals each file as it comes in; nothing is ever written in the clear.
func (d *Door) readFiles(r *http.Request, s *sheet) (porch.Form, error) {
	form, err := porch.ReadUpload(r, func(_ porch.Form, f porch.File) error {
		kept, err := d.Office.KeepFor(r.Context(), s.who, s.view.ID, f.Name, f.Body)
		if err == nil {
			s.kept = append(s.kept, kept)
		}
		return err
	})
	for _, line := range form.All(keptField) {
		if id, name, ok := strings.Cut(line, " "); ok {
			s.kept = append(s.kept, office.Kept{ID: id, Name: name})
		}
	}
	return form, err
}

func attach(s *sheet) deed {
	if len(s.kept) == 0 {
		s.wrong.Add("file", "error.required")
	}
	var ids []string
	for _, f := range s.kept {
		ids = append(ids, f.ID)
	}
	return func(ctx context.Context, o *office.Office) error {
		err := o.Attach(ctx, s.who, s.form(), ids)
		if complaint.IsKind(err, complaint.UsedKey) && s.allThere() {
			return nil // a second click brought the same files anew; the new copies are swept
		}
		return err
	}
}

// allThere reports whether files of these names and sizes were just added by the same
// person.
func (s *sheet) allThere() bool {
	for _, f := range s.kept {
		same := func(a office.AttachmentView) bool {
			return a.Name == f.Name && a.Size == f.Size && a.By == s.who.ID && a.On == s.view.Today
		}
		if !slices.ContainsFunc(s.view.Attachments, same) {
			return false
		}
	}
	return true
}

// download gives a file as it came in. It carries the name of who sent it, so that
// opening it needs a reason, as opening the name does.
func (d *Door) download(w http.ResponseWriter, r *http.Request) error {
	who, id := porch.Who(r).Person, r.PathValue("file")
	typed, formErr := porch.ReadForm(r)
	view, err := d.Office.Look(r.Context(), who, typed.Text(dossierField))
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(view.Attachments, func(a office.AttachmentView) bool { return a.ID == id }) {
		return complaint.ErrNotFound
	}
	x, err := readOpening(typed)
	if err == nil && !complaint.HasChoice(view.Rules.OpeningReasons, x.Reason) {
		err = complaint.Mistakes{{Kind: complaint.Invalid, Field: "reason", Key: "error.choose"}}
	}
	if err = errors.Join(formErr, err); err != nil {
		return d.refuseOnDossier(w, r, view, dossierNote{at: id, typed: typed}, err)
	}
	file, err := d.Office.File(r.Context(), who, id, x)
	if err != nil {
		return d.refuseOnDossier(w, r, view, dossierNote{at: id, typed: typed}, err)
	}
	sendFile(w, file)
	return nil
}

// sendFile hands a stranger's file over: always to keep, never to be shown here, and
// without any right on our pages if a browser shows it all the same.
func sendFile(w http.ResponseWriter, f office.Opened) {
	h := w.Header()
	h.Set("Content-Type", f.Type)
	h.Set("Content-Length", strconv.FormatInt(f.Content.Size(), 10))
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'")
	_, _ = f.Content.WriteTo(w) // a visitor who left is no failure
}

// dossierField says from which dossier's page a file or letter was asked for.
const dossierField = "klacht"
