package frame

import (
	"errors"
	"strings"

	"gehoor/internal/complaint"
	"gehoor/internal/page"
	"gehoor/internal/words"
)

// FileField is the field for files.
const FileField = "file"

// MostFiles is how many files come along with one form or message.
const MostFiles = 5

// KeptFiles are the files that came along already, each with a tick that may be taken away.
func KeptFiles(v *words.Voice, name string, files []page.Option) page.Field {
	f := page.Field{ID: "bestanden", Name: name, Label: v.Say("form.kept"), Hint: v.Say("form.kept.hint"), Options: files}
	for _, o := range files {
		f.Values = append(f.Values, o.Value)
	}
	return f
}

// WrongFile says which file is wrong, beside what was wrong with the others; an error that
// is about no file comes back.
func WrongFile(v *words.Voice, wrong map[string]string, name string, err error) error {
	var many complaint.Mistakes
	if !errors.As(err, &many) {
		return err
	}
	wrong[FileField] = strings.TrimSpace(wrong[FileField] + " " + name + ": " + v.Say(many[0].Key, many[0].Args...))
	return nil
}
