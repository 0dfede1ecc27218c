package home

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
	"time"

	"gehoor/internal/counter/frame"
	"gehoor/internal/record"
)

// The leaflet: a page to print, and one sheet as a PDF.
const (
	leafletPath    = "/folder"
	leafletPDFPath = "/folder.pdf"
)

func (d *Door) leaflet(w http.ResponseWriter, r *http.Request) error {
	return d.withStory(w, r, func(s teller, t story) error {
		return d.Show(w, r, http.StatusOK, frame.Page{Title: s.Say("counter.leaflet.title"), Body: leafletPage(s, t)})
	})
}

// leafletPDF gives the same words on one sheet.
func (d *Door) leafletPDF(w http.ResponseWriter, r *http.Request) error {
	return d.withStory(w, r, func(s teller, t story) error {
		sheet := leafletSheet(s, t)
		printed, err := d.leaflets.get(sheet, func() ([]byte, error) { return d.Office.PrintLeaflet(r.Context(), s.Org, sheet) })
		if err != nil {
			return err
		}
		h := w.Header()
		h.Set("Content-Type", "application/pdf")
		h.Set("Content-Disposition", `attachment; filename="`+s.Say("counter.leaflet.file")+`"`)
		h.Set("ETag", `"`+printed.tag+`"`)
		h.Set("Cache-Control", "private, no-cache") // the same address speaks each visitor's language
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(printed.pdf))
		return nil
	})
}

// leafletSheet is the leaflet as a document for the press.
func leafletSheet(s teller, t story) record.Document {
	d := record.Document{Language: s.Lang(), Look: s.Org.Look(), Date: s.Rules.ValidFrom, Subject: s.Say("counter.leaflet.title"),
		Sender: []string{s.Org.Name}, Title: s.Say("counter.home.title")}
	add := func(title string, all []para) {
		if len(all) == 0 {
			return
		}
		if title != "" {
			d.Blocks = append(d.Blocks, record.Block{Kind: record.Heading, Text: title})
		}
		d.Blocks = append(d.Blocks, blocks(all)...)
	}
	add("", t.Lead)
	add(t.Shut.Title, t.Shut.Paras)
	for i, step := range t.Steps {
		add(strconv.Itoa(i+1)+". "+step.Title, step.Paras)
		if i == 0 {
			d.Blocks = append(d.Blocks, addresses(t.Ways)...)
		}
	}
	for _, p := range onSheetToo(s, t) {
		add(p.Title, p.Paras)
	}
	return d
}

// onSheetToo are the parts after the steps. That a complaint can be followed has a place of
// its own on the first page.
func onSheetToo(s teller, t story) []part {
	parts := append([]part{t.Name, t.Talk}, t.More...)
	if s.Follow {
		parts = append(parts, part{ID: "volgen", Title: s.Say("counter.home.follow"), Paras: []para{s.say("follow_sheet")}})
	}
	return parts
}

// blocks joins what stands under one heading into one paragraph, lists too: a sheet has
// less room than a page.
func blocks(all []para) []record.Block {
	var texts []string
	for _, p := range all {
		if len(p.Items) > 0 {
			p.Text = strings.Join(p.Items, "; ") + "."
		}
		texts = append(texts, p.Text)
	}
	return []record.Block{{Kind: record.Paragraph, Text: strings.Join(texts, " ")}}
}

// addresses lists where a complaint can go, a line each.
func addresses(ways []way) []record.Block {
	var all []record.Line
	for _, w := range ways {
		all = append(all, record.Line{Label: w.Title, Value: w.onPaper()})
	}
	if len(all) == 0 {
		return nil
	}
	return []record.Block{{Kind: record.FactLines, Lines: all}}
}
