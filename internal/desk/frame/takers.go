package frame

import (
	"strings"

	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/words"
)

// Takers are the colleagues to whom an intake can be handed over, who is on duty first.
func Takers(v *words.Voice, names People, receivers []office.Receiver) []page.Option {
	var list []page.Option
	for _, r := range receivers {
		c := names.Staff[r.ID]
		label := strings.TrimSuffix(c.Name+", "+c.Function, ", ")
		switch {
		case r.Away:
			label += " (" + v.Say("taker.away") + ")"
		case r.Fallback:
			label += " (" + v.Say("taker.fallback") + ")"
		}
		list = append(list, page.Option{Value: string(r.ID), Label: label})
	}
	return list
}
