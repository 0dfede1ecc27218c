package dossier

import (
	"context"
	"slices"

	"github.com/a-h/templ"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/record"
)

// waysFor finds out by which ways a letter can go out, before a form asks.
func waysFor(kind record.LetterKind) func(context.Context, *office.Office, *sheet) error {
	return func(ctx context.Context, o *office.Office, s *sheet) (err error) {
		s.ways, err = o.Ways(ctx, s.who, s.view.ID, s.task, kind)
		return err
	}
}

// wayOut asks by which way a letter goes out: only those for which there is an address, and
// which address is missing. Without any it says where to fill one in.
func (s *sheet) wayOut(first string, ways []string, more ...func(*page.Field)) templ.Component {
	var open []string
	for _, way := range ways {
		if s.isOpen(way) {
			open = append(open, way)
		}
	}
	if len(open) == 0 {
		return frame.ParagraphNote(page.NoteWarn, s.voice.Say("ways.none"), s.voice.Say("ways.add"))
	}
	if missing := s.missingWay(); missing != "" && s.view.Level != complaint.Nameless {
		more = append(more, frame.Hint(frame.JoinWords(missing, s.voice.Say("ways.add"))))
	}
	return s.chooseWay(first, complaint.HowPost, open, more...)
}

// chooseWay asks for a way. When e-mail came back it warns, and proposes paper to who has
// an address for it.
func (s *sheet) chooseWay(first, paper string, ways []string, more ...func(*page.Field)) templ.Component {
	if !s.ways.MailIsDead || !slices.Contains(ways, complaint.HowEmail) {
		return s.radios("how", first, s.options("how", ways...), more...)
	}
	if s.ways.Post {
		first = paper
	}
	warning := frame.ParagraphNote(page.NoteWarn, s.voice.Say("ways.dead_title"), s.voice.Say("ways.dead"))
	return templ.Join(warning, s.radios("how", first, s.options("how", ways...), more...))
}

// isOpen reports whether a way needs no address, or there is one. What is told is posted
// too.
func (s *sheet) isOpen(way string) bool {
	switch way {
	case complaint.HowEmail:
		return s.ways.Mail
	case complaint.HowPost, complaint.HowSpoken:
		return s.ways.Post
	}
	return true
}

func (s *sheet) missingWay() string {
	switch {
	case !s.ways.Mail && !s.ways.Post:
		return s.voice.Say("ways.none")
	case !s.ways.Mail:
		return s.voice.Say("ways.no_mail")
	case !s.ways.Post:
		return s.voice.Say("ways.no_post")
	}
	return ""
}
