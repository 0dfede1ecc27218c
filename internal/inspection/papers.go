package inspection

import (
	"bytes"
	"context"
	"crypto/sha256"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// lapsed gives the day on which letters lost their meaning while they lay here.
func (v *verifier) lapsed() map[string]calendar.Date {
	waiting, lapsed, sent := map[string]complaint.Paper{}, map[string]calendar.Date{}, map[string]complaint.Paper{}
	d := complaint.Dossier{ID: v.id}
	for _, e := range v.events {
		d = d.Apply(e)
		switch e.Kind {
		case complaint.LetterMade:
			waiting[e.Open.Record] = complaint.Paper{ID: e.Open.Record, Kind: e.Open.Letter, Channel: e.Open.How, Text: e.Open.TextVersion}
		case complaint.LetterSent:
			sent[e.Open.Record] = waiting[e.Open.Record]
			delete(waiting, e.Open.Record)
		case complaint.LetterUnsent:
			waiting[e.Open.Record] = sent[e.Open.Record]
		}
		for id, p := range waiting {
			if d.Lapses(p, e) {
				lapsed[id] = calendar.Of(e.At.In(v.sealer.Zone))
				delete(waiting, id)
			}
		}
	}
	return lapsed
}

// sent gives the letters that went out, but for those of which that was a mistake.
func (v *verifier) sent() map[string]complaint.Open {
	sent := map[string]complaint.Open{}
	for _, e := range v.events {
		switch e.Kind {
		case complaint.LetterSent:
			sent[e.Open.Record] = e.Open
		case complaint.LetterUnsent:
			delete(sent, e.Open.Record)
		}
	}
	return sent
}

func (v *verifier) letters() {
	made, sent, lapsed := v.named(complaint.LetterMade), v.sent(), v.lapsed()
	for _, l := range v.audit.Letters {
		open, ok := made[l.ID]
		delete(made, l.ID)
		switch {
		case !ok:
			v.find("letter %s was added", l.ID)
		case open.Letter != string(l.Kind) || open.How != l.Channel || !bytes.Equal(l.Mac, v.sealer.LetterMac(l)):
			v.find("letter %s (%s) was changed", l.ID, l.Kind)
		case l.Text != open.TextVersion || l.LapsedOn != lapsed[l.ID]:
			v.find("letter %s (%s): whether it still goes out was changed", l.ID, l.Kind)
		case l.SentOn != sent[l.ID].On:
			v.find("letter %s (%s): the day it went out was changed", l.ID, l.Kind)
		}
		if _, err := v.sealer.Open(v.audit.Dossier, record.LetterFacts, l.ID, l.Params); err != nil {
			v.find("letter %s (%s) does not open: %v", l.ID, l.Kind, err)
		}
		v.final(l)
	}
	for id, open := range made {
		v.find("letter %s (%s) was removed", id, open.Letter)
	}
}

// messages checks that the e-mail that waits opens.
func (v *verifier) messages() {
	for _, m := range v.audit.Messages {
		if m.Sealed == nil {
			continue
		}
		if _, err := v.sealer.OpenParcel(v.audit.Dossier, m); err != nil {
			v.find("the e-mail of letter %s does not open: %v", m.Letter, err)
		}
	}
}

func (v *verifier) final(l record.Letter) {
	if l.Final == nil {
		if l.FinalMac != nil {
			v.find("the printed bytes of letter %s (%s) were removed", l.ID, l.Kind)
		}
		return
	}
	if !bytes.Equal(l.FinalMac, v.sealer.FinalMac(l.ID, l.Final)) {
		v.find("the printed bytes of letter %s (%s) were changed", l.ID, l.Kind)
		return
	}
	if _, err := v.sealer.Open(v.audit.Dossier, record.LetterFinal, l.ID, l.Final); err != nil {
		v.find("the printed bytes of letter %s (%s) do not open: %v", l.ID, l.Kind, err)
	}
}

func (v *verifier) attachments(ctx context.Context) error {
	added := v.named(complaint.AttachmentAdded)
	for _, f := range v.audit.Attachments {
		if _, ok := added[f.ID]; !ok {
			v.find("file %s was added", f.ID)
		}
		delete(added, f.ID)
		if !bytes.Equal(f.Mac, v.sealer.AttachmentMac(f)) {
			v.find("file %s was changed", f.ID)
		}
		sum := sha256.New()
		next := 0
		err := v.archive.EachChunk(ctx, f.ID, func(n int, sealed []byte) error {
			if n != next {
				v.find("piece %d of file %s is missing or out of order", next, f.ID)
			}
			next = n + 1
			sum.Write(sealed)
			return nil
		})
		if err != nil {
			return err
		}
		if !bytes.Equal(sum.Sum(nil), f.SHA256) {
			v.find("the content of file %s was changed", f.ID)
		}
	}
	for id := range added {
		v.find("file %s was removed", id)
	}
	return nil
}

// textLinks checks that nobody made a link, or opened one again: how a link ended
// follows from the course.
func (v *verifier) textLinks() {
	made := map[string]int{} // by letter: the version of the event that made it
	for _, e := range v.events {
		if e.Kind == complaint.LetterMade {
			made[e.Open.Record] = e.Version
		}
	}
	for _, l := range v.audit.TextLinks {
		at, known := made[l.Letter]
		if !known || !bytes.Equal(l.Mac, v.sealer.TextLinkMac(l)) {
			v.find("a link to its text was added or changed")
			continue
		}
		if l.Ended != "" != v.linkEnded(l, at) {
			v.find("a link to its text was opened again, or ended by another hand")
		}
	}
}

// linkEnded reports whether an event after a version ended a link that was made there.
func (v *verifier) linkEnded(l record.TextLink, since int) bool {
	for _, e := range v.events {
		if end, whose := e.EndsLinks(); e.Version > since && end != "" && (whose == "" || whose == l.For) {
			return true
		}
	}
	return false
}
