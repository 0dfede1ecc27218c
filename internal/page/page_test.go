package page

import (
	"context"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"gehoor/internal/words"
)

func voice(t testing.TB, lang string) *words.Voice {
	t.Helper()
	c, err := words.Load()
	if err != nil {
		t.Fatal(err)
	}
	return c.Speak(lang)
}

func render(t testing.TB, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// with puts children in a component, as { children... } does in a template.
func with(parent templ.Component, children ...templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return parent.Render(templ.WithChildren(ctx, templ.Join(children...)), w)
	})
}

func raw(html string) templ.Component { return templ.Raw(html) }

func TestParagraphs(t *testing.T) {
	for in, want := range map[string]string{
		"":                      "",
		"  \n\n ":               "",
		"een":                   "<p>een</p>",
		"een\ntwee":             "<p>een<br>twee</p>",
		"een\r\n\r\ntwee":       "<p>een</p><p>twee</p>",
		"een\n\n\n\ntwee\n":     "<p>een</p><p>twee</p>",
		"<script>alert()<b>&\n": "<p>&lt;script&gt;alert()&lt;b&gt;&amp;</p>",
	} {
		if got := squeeze(render(t, Prose(in))); got != want {
			t.Errorf("%q: got %s, want %s", in, got, want)
		}
	}
}

// squeeze takes out the spaces that templ puts between tags.
func squeeze(html string) string {
	for _, s := range []string{"<p>", "</p>", "<br>"} {
		html = strings.ReplaceAll(html, " "+s, s)
		html = strings.ReplaceAll(html, s+" ", s)
	}
	return strings.TrimSpace(html)
}

// What was typed must come back exactly as it was.
func TestTextareaKeepsTyping(t *testing.T) {
	nl := voice(t, "nl")
	for _, typed := range []string{"", "a", "\na", "  a  ", "a\n\nb\n", "\r\n", "</textarea><script>", "<&\">"} {
		doc := parse(t, render(t, Textarea(nl, Field{Name: "v", Label: "V", Value: typed})))
		got := doc.Find("textarea").Text()
		if want := strings.ReplaceAll(typed, "\r\n", "\n"); strings.ReplaceAll(got, "\r\n", "\n") != want {
			t.Errorf("typed %q came back as %q", typed, got)
		}
	}
}

func TestTel(t *testing.T) {
	for in, want := range map[string]string{
		"030-299 00 04": "tel:+31302990004", "+31 30 299 00 04": "tel:+31302990004", "0800-1234": "tel:08001234", "112": "tel:112",
	} {
		if got := Tel(in); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
}

func TestTitle(t *testing.T) {
	nl := voice(t, "nl")
	for _, tt := range []struct {
		frame Frame
		want  string
	}{
		{Frame{Voice: nl, Title: "Mijn werk", Bar: &Bar{}}, "Mijn werk - gehoor"},
		{Frame{Voice: nl, Title: "Inloggen", Mast: Mast{Name: "Het LSR"}, Failed: true}, "Fout: Inloggen - Het LSR"},
		{Frame{Voice: nl}, "gehoor"},
	} {
		if got := tt.frame.title(); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}

// The drawings and the list of names must not drift apart.
func TestIcons(t *testing.T) {
	var names []IconName
	for name, drawing := range drawings {
		names = append(names, name)
		if !strings.HasPrefix(drawing, "<") || !strings.HasSuffix(drawing, "/>") {
			t.Errorf("icon %s is no drawing", name)
		}
	}
	for _, name := range chipIcons {
		if !slices.Contains(names, name) {
			t.Errorf("no drawing for %s", name)
		}
	}
	if got := render(t, Icon(NoIcon)); got != "" {
		t.Errorf("no icon draws %q", got)
	}
}
