package mailroom_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gehoor/internal/envelope"
	"gehoor/internal/mailroom"
	"gehoor/internal/record"
)

// mailCase is what a correct system must conclude of one mail.
type mailCase struct {
	File           string   `json:"file"`
	FromAddress    *string  `json:"from_address"`
	FromName       string   `json:"from_name"`
	Subject        string   `json:"subject_shown"`
	IsAuto         bool     `json:"is_auto"`
	IsBounce       bool     `json:"is_bounce"`
	Kind           string   `json:"kind"`
	Marker         bool     `json:"has_klacht_marker"`
	Text           []string `json:"text_must_contain"`
	NotText        []string `json:"text_must_not_contain"`
	Own            []string `json:"own_text_must_contain"`
	NotOwn         []string `json:"own_text_must_not_contain"`
	Flags          []string `json:"flags"`
	Soft           []string `json:"soft"`
	ReceivedOn     string   `json:"received_on"`
	BounceStatus   string   `json:"bounce_status"`
	BounceReceiver string   `json:"bounce_recipient"`
	Accused        []string `json:"accused"`
	Attachments    []struct {
		Name     *string `json:"name"`
		Type     string  `json:"type"`
		Size     int     `json:"size"`
		Declared string  `json:"declared_type"`
	} `json:"attachments"`
	Context *struct {
		What      string `json:"what"`
		Number    string `json:"case_number"`
		MessageID string `json:"outgoing_message_id"`
		To        string `json:"sent_to"`
	} `json:"context"`
}

// binding are the flags that every system must see; the others are hints.
var binding = []string{"bsn_suspect", "health_data", "names_employee", "suspected_duplicate", "no_from_address", "multiple_from", "unterminated_multipart",
	"tnef", "exif_gps", "doc_metadata", "header_injection_attempt", "active_html", "bidi_filename", "path_traversal_filename", "attachment_only"}

// staff are the employees of the invented organisation.
var staff = []string{"Jorien Tasselaar", "Pim Haverdonk", "Hedwig Brandsema", "Rutger Eikelhof", "Liesbeth van der Oort", "Ankie Verloop", "Dirk-Jan Molenbroek", "Sanne Wisseborg"}

// known is what the register would say: only the message of the case's context exists.
func (c mailCase) known(m record.Mail) mailroom.Known {
	k := mailroom.Known{Staff: staff, Domains: []string{"lsr.example.org"}, Register: true}
	if c.Context == nil {
		return k
	}
	id := strings.Trim(c.Context.MessageID, "<>")
	if slices.Contains(m.InReplyTo, id) {
		k.Answers = &mailroom.Sent{Number: c.Context.Number, To: c.Context.To, Confirmation: c.Context.What == "confirmation_request_sent"}
	}
	k.ReturnedOurs = m.Returned != nil && (m.Returned.MessageID == id || m.Returned.Recipient == c.Context.To)
	return k
}

func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/mail/*.json")
	check(t, err)
	if len(files) < 29 {
		t.Fatalf("%d cases", len(files))
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			check(t, err)
			var c mailCase
			check(t, json.Unmarshal(text, &c))
			raw, err := os.ReadFile(filepath.Join("testdata/mail", c.File))
			check(t, err)
			m := envelope.Open(raw)
			c.compare(t, m, mailroom.Judge(m, c.known(m)))
		})
	}
}

func (c mailCase) compare(t *testing.T, m record.Mail, j mailroom.Judgement) {
	want := func(field string, got, want any) {
		t.Helper()
		if got != want && !slices.Contains(c.Soft, field) {
			t.Errorf("%s: got %q, want %q", field, got, want)
		}
	}
	address := ""
	if c.FromAddress != nil {
		address = *c.FromAddress
	}
	want("from_address", m.Sender(), address)
	want("from_name", m.SenderName(), c.FromName)
	want("subject_shown", m.Subject, c.Subject)
	want("is_auto", j.IsAuto(), c.IsAuto)
	want("is_bounce", j.Kind == mailroom.Bounce, c.IsBounce)
	want("kind", string(j.Kind), c.Kind)
	want("has_klacht_marker", j.Marker, c.Marker)
	want("received_on", m.ReceivedAt.Format("2006-01-02"), c.ReceivedOn)
	if m.Returned != nil {
		want("bounce_status", m.Returned.Status, c.BounceStatus)
		want("bounce_recipient", m.Returned.Recipient, c.BounceReceiver)
	}
	contains(t, "text", m.Text, c.Text, true)
	contains(t, "own text", j.Own, c.Own, true)
	contains(t, "own text", j.Own, c.NotOwn, false)
	if !slices.Contains(c.Soft, "text_must_not_contain") {
		contains(t, "text", m.Text, c.NotText, false)
	}
	for _, flag := range binding {
		if got := slices.Contains(j.Flags, flag); got != slices.Contains(c.Flags, flag) {
			t.Errorf("flag %s: %v (%v)", flag, got, j.Flags)
		}
	}
	c.compareFiles(t, m)
}

func (c mailCase) compareFiles(t *testing.T, m record.Mail) {
	if len(m.Parts) != len(c.Attachments) {
		if !slices.Contains(c.Soft, "attachments") {
			t.Errorf("%d files, want %d", len(m.Parts), len(c.Attachments))
		}
		return
	}
	names := map[string]bool{}
	for i, a := range c.Attachments {
		p := m.Parts[i]
		if p.Name == "" || names[p.Name] || a.Name != nil && p.Name != *a.Name || p.Type != a.Type || a.Size > 0 && len(p.Content) != a.Size {
			t.Errorf("file %d is %q, %s, %d bytes; want %+v", i, p.Name, p.Type, len(p.Content), a)
		}
		names[p.Name] = true
	}
}

// contains compares texts with white space folded.
func contains(t *testing.T, what, text string, parts []string, want bool) {
	t.Helper()
	text = strings.Join(strings.Fields(text), " ")
	for _, part := range parts {
		if got := strings.Contains(text, strings.Join(strings.Fields(part), " ")); got != want {
			t.Errorf("%s contains %q: %v\n%s", what, part, got, text)
		}
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
