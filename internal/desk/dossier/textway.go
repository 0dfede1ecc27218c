package dossier

import (
	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
)

// wayLine is a link or slip to the text: for whom, what came of it, and what can be done.
type wayLine struct {
	title, facts string
	chip         frame.Chip
	does         []page.Link
}

// wayLines gives the links and slips to the text, the newest first.
func (p *dossierPage) wayLines() (lines []wayLine) {
	for _, w := range p.view.TextWays {
		line := wayLine{title: p.voice.Say(frame.YesNo(w.Slip, "textway.slip", "textway.link"), "Whom", p.voice.Say("textway.for."+w.For)), facts: p.wayFacts(w), chip: p.wayChip(w)}
		if w.Standing == complaint.LinkOpen {
			line.does = p.wayDoes(w)
		}
		lines = append(lines, line)
	}
	return lines
}

func (p *dossierPage) wayFacts(w office.TextWay) string {
	key := "textway.unread"
	if !w.ReadOn.IsZero() {
		key = "textway.read"
	}
	return frame.JoinWords(p.voice.Say("textway.made", "Date", p.day(w.Made), "Version", w.Version), p.voice.Say(key, "Date", p.day(w.ReadOn)))
}

// wayChip says what the link can do still, or how it ended.
func (p *dossierPage) wayChip(w office.TextWay) frame.Chip {
	switch w.Standing {
	case complaint.LinkOpen:
		return frame.Chip{Kind: page.ChipPlain, Text: p.voice.Say("textway.open", "Date", p.day(w.Until))}
	case complaint.LinkExpired:
		return frame.Chip{Kind: page.ChipSoon, Text: p.voice.Say("textway.expired", "Date", p.day(w.Until))}
	case complaint.LinkUsed:
		return frame.Chip{Kind: page.ChipOK, Icon: page.IconCheck, Text: p.voice.Say("textway."+string(w.Ended), "Date", p.day(w.EndedOn))}
	}
	if w.EndedOn.IsZero() {
		return frame.Chip{Kind: page.ChipPlain, Text: p.voice.Say("textway.gone")}
	}
	return frame.Chip{Kind: page.ChipPlain, Text: p.voice.Say("textway.revoked", "Date", p.day(w.EndedOn))}
}

// wayDoes are what the law lets be done with a link that works: take it back from who reads
// along, or send another in its place.
func (p *dossierPage) wayDoes(w office.TextWay) (links []page.Link) {
	add := func(t complaint.Task, path, key string) {
		if p.may(t) {
			links = append(links, page.Link{Label: p.voice.Say(key), Href: frame.DossierPath(p.view.ID) + path})
		}
	}
	if w.For == complaint.ReaderConfirms {
		add(complaint.TaskRevokeReader, "/nalezer-stoppen", "textway.revoke")
	}
	add(complaint.TaskRemind, "/herinneren", "textway.replace")
	return links
}
