package letter

import (
	"bytes"
	"html/template"
)

// page has no style, no image and no script: every mail reader shows it, and
// nothing in it can be fetched, so that opening the mail tells nobody anything.
var page = template.Must(template.New("letter").Funcs(template.FuncMap{"label": label, "paragraphs": paragraphs}).Parse(
	`<!doctype html>
<html lang="{{.Language}}">
<head><meta charset="utf-8"><title>{{.Subject}}</title></head>
<body>
<h1>{{.Title}}</h1>
<p>{{range $i, $m := .Meta}}{{if $i}}<br>
{{end}}{{label $m.Label}} {{$m.Value}}{{end}}</p>
<p>{{.Salutation}}</p>
{{range .Blocks}}{{if eq .Kind "heading"}}<h2>{{.Text}}</h2>
{{else if eq .Kind "quote"}}<blockquote>
{{range paragraphs .Text}}<p>{{.}}</p>
{{end}}</blockquote>
{{else if eq .Kind "list"}}<ul>
{{range .Items}}<li>{{.}}</li>
{{end}}</ul>
{{else}}<p>{{.Text}}</p>
{{end}}{{end}}<p>{{.Closing}}</p>
<p>{{range $i, $s := .Signature}}{{if $i}}<br>
{{end}}{{$s}}{{end}}</p>
{{with .Contact}}<p>{{range $i, $s := .}}{{if $i}}<br>
{{end}}{{$s}}{{end}}</p>
{{end}}</body>
</html>
`))

// HTML writes the letter as the HTML of an e-mail: the same words and the same
// order as PlainText. Every typed character is escaped.
func HTML(d Document) string {
	var b bytes.Buffer
	if err := page.Execute(&b, d); err != nil {
		// Only a mistake in the template itself can fail: tests would see it.
		panic("letter: " + err.Error())
	}
	return b.String()
}
