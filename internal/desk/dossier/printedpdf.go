package dossier

import (
	"net/http"
	"strings"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/porch"
	"gehoor/internal/record"
)

// klagerField chooses whether the name and address of the complainant are on paper.
const klagerField = "klager"

// mayIdentity reports whether this person may open the name at all.
func (p printedDossier) mayIdentity() bool {
	return complaint.May(p.who, complaint.TaskOpenIdentity, p.view.Relation) && p.view.Allows(complaint.TaskOpenIdentity)
}

// chosen is a box to tick; what was ticked stays.
func (p printedDossier) chosen(name, label string) page.Field {
	return page.Field{ID: name, Name: name, Label: p.voice.Say(label), Value: "ja", Checked: p.typed.Has(name)}
}

// whyField asks why the name is opened, when it is.
func (p printedDossier) whyField() page.Field {
	options := append([]page.Option{{Label: p.voice.Say("common.choose")}}, choices(p.voice, p.view.Rules.OpeningReasons)...)
	return page.Field{ID: "reason", Name: "reason", Label: p.voice.Say("printed.why"), Value: p.typed.Raw("reason"), Options: options, Error: p.wrong["reason"]}
}

// remarkField asks for another reason in words.
func (p printedDossier) remarkField() page.Field {
	return page.Field{ID: "remark", Name: "remark", Label: p.voice.Say("ask.remark"), Value: p.typed.Raw("remark"), Optional: true, Error: p.wrong["remark"]}
}

// mistakes are the lines above the page.
func (p printedDossier) mistakes() []page.FieldError {
	return append(page.Mistakes(p.whyField()), page.Mistakes(p.remarkField())...)
}

// givePDF gives a dossier as a PDF, with what was chosen to be on it.
func (d *Door) givePDF(w http.ResponseWriter, r *http.Request) error {
	who, v := porch.Who(r).Person, porch.Voice(r)
	typed, err := porch.ReadForm(r)
	if err != nil {
		return err
	}
	names, err := d.People(r)
	if err != nil {
		return err
	}
	want := office.Printing{Names: typed.Has(namesField), Identity: typed.Has(klagerField)}
	wrong := frame.Wrong{}
	if want.Identity {
		if want.Why, err = readOpening(typed); wrong.Take(v, err) != nil {
			return err
		}
	}
	number := ""
	want.Compose = func(view office.View, identity *record.Identity) record.Document {
		p := d.printed(r, names, view, want.Names)
		number = view.Number
		return p.document(identity)
	}
	var pdf []byte
	if len(wrong) == 0 {
		pdf, err = d.Office.PrintDossier(r.Context(), who, r.PathValue("id"), want)
		if err := wrong.Take(v, err); err != nil {
			return err
		}
	}
	if len(wrong) > 0 {
		return d.showPrinted(w, r, http.StatusUnprocessableEntity, typed, wrong)
	}
	frame.GivePDF(w, number+".pdf", pdf)
	return nil
}

// document is the dossier for the printer. Texts stand in it as they were typed.
func (p printedDossier) document(identity *record.Identity) record.Document {
	v := p.voice
	d := record.Document{Language: v.Lang(), Date: p.view.Today, Number: p.view.Number, Subject: v.Say("dossier.title", "Number", p.view.Number), Title: p.view.Title}
	if d.Title == "" {
		d.Title = d.Subject
	}
	d.Meta = []record.Line{{Label: v.Say("work.complaint"), Value: p.view.Number}, {Label: v.Say("printed.on"), Value: v.Date(p.view.Today)}}
	add := func(kind record.BlockKind, text string) {
		if strings.TrimSpace(text) != "" {
			d.Blocks = append(d.Blocks, record.Block{Kind: kind, Text: text})
		}
	}
	lines := func(heading string, pairs []page.Pair) {
		block := record.Block{Kind: record.FactLines}
		for _, pair := range pairs {
			block.Lines = append(block.Lines, record.Line{Label: pair.Term, Value: pair.Value})
		}
		if len(block.Lines) > 0 {
			add(record.Heading, heading)
			d.Blocks = append(d.Blocks, block)
		}
	}
	if identity != nil {
		lines(v.Say("printed.complainant"), (&dossierPage{chronicle: p.chronicle, note: dossierNote{identity: identity}}).namePairs())
	}
	lines(v.Say("printed.facts"), p.facts())
	part := func(kind record.BlockKind, heading, text string) {
		if strings.TrimSpace(text) != "" {
			add(record.Heading, heading)
			add(kind, text)
		}
	}
	part(record.Quote, v.Say("printed.complaint"), p.view.Text.Description)
	part(record.Quote, v.Say("printed.wish"), p.view.Text.DesiredOutcome)
	a := p.view.Answer
	part(record.Paragraph, v.Say("answer.points"), a.Points)
	part(record.Paragraph, v.Say("answer.outcome"), a.Outcome)
	part(record.Paragraph, v.Say("answer.measures"), a.Measures)
	part(record.Paragraph, v.Say("answer.next"), a.NextSteps)
	add(record.Heading, v.Say("printed.course"))
	for _, e := range p.shown() {
		entry := p.entry(e)
		d.Blocks = append(d.Blocks, record.Block{Kind: record.FactLines, Lines: []record.Line{{Label: entry.At, Value: strings.TrimSuffix(entry.Title+", "+entry.By, ", ")}}})
		add(record.Paragraph, entry.Text)
		add(record.Quote, theirText(e))
	}
	return d
}
