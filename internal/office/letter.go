package office

import (
	"context"
	"strings"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// Sheet is a letter ready for the printer, or the text of an e-mail.
type Sheet struct {
	Kind    record.LetterKind
	Number  string
	Mail    bool
	To      string // of an e-mail
	Copy    string // of an e-mail: who gets it too, or ""
	Subject string // of an e-mail: the number, never content
	Bytes   []byte // PDF, or UTF-8 text
}

// PrintLetter gives a letter's final bytes. The first printing makes them and keeps
// them; later ones give the same. Printing shows name and address, so it is noted
// first as an opening with a fixed reason.
func (o *Office) PrintLetter(ctx context.Context, who complaint.Person, id string) (sheet Sheet, err error) {
	defer wrap(&err, "office: print letter")
	l, err := o.Cupboard.Letter(ctx, id, o.sight(who))
	if err != nil {
		return sheet, err
	}
	m, err := o.onTheTable(ctx, who, l.Dossier, complaint.TaskOpenIdentity)
	if err != nil {
		return sheet, err
	}
	if err := mayPrint(l, m.Dossier.Dossier); err != nil {
		return sheet, err
	}
	if err := o.noteOpening(ctx, m, Opening{Reason: ReasonLetter}); err != nil {
		return sheet, err
	}
	var order record.Order
	if err := o.Sealer.OpenJSON(m.Dossier, record.LetterFacts, l.ID, l.Params, &order); err != nil {
		return sheet, err
	}
	sheet = Sheet{Kind: l.Kind, Number: m.Number, Mail: order.Mail, To: order.To, Copy: order.Copy}
	if order.Mail {
		document, err := o.Press.Compose(order)
		if err != nil {
			return sheet, err
		}
		sheet.Subject = document.Subject
	}
	sheet.Bytes, err = o.finalBytes(ctx, m, l, order)
	return sheet, err
}

// finalBytes opens the kept bytes, or makes and keeps them.
func (o *Office) finalBytes(ctx context.Context, m *matter, l record.Letter, order record.Order) ([]byte, error) {
	if l.Final == nil {
		var err error
		if order.Look, err = o.look(ctx, m.org); err != nil {
			return nil, err
		}
		made, err := o.Press.Print(order)
		if err != nil {
			return nil, err
		}
		final, err := o.Sealer.Seal(m.Dossier, record.LetterFinal, l.ID, made)
		if err != nil {
			return nil, err
		}
		if l, err = o.Cupboard.Finish(ctx, l.ID, final, o.Sealer.FinalMac(l.ID, final)); err != nil {
			return nil, err
		}
	}
	return o.Sealer.Open(m.Dossier, record.LetterFinal, l.ID, l.Final)
}

// look is what a paper wears that is printed now.
func (o *Office) look(ctx context.Context, org record.Organisation) (look record.Look, err error) {
	look = org.Look()
	if look.Logo != "" && o.Logo != nil {
		look.PNG, err = o.Logo(ctx, look.Logo)
	}
	return look, err
}

// paragraphs splits a typed text at empty lines.
func paragraphs(text string) []string {
	var out []string
	for p := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}
