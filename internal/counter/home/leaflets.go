package home

import (
	"encoding/json"
	"sync"

	"gehoor/internal/record"
)

// mostLeaflets is how many printed leaflets are kept: each language as it is now, and some
// of before a change.
const mostLeaflets = 8

// leaflets keeps what was printed: it takes a hundred times as long to print a leaflet as to
// bring its words together, and everybody may ask for it.
type leaflets struct {
	mu   sync.Mutex
	kept map[string]leaflet // by tag
}

// leaflet is a printed one; its tag says what it was made from.
type leaflet struct {
	tag string
	pdf []byte
}

// get gives the leaflet of a sheet, printed anew only when it says or wears something
// else: words, looks, language and date are all in the sheet. It is printed once,
// however many ask at the same moment.
func (l *leaflets) get(sheet record.Document, print func() ([]byte, error)) (leaflet, error) {
	text, err := json.Marshal(sheet)
	if err != nil {
		return leaflet{}, err
	}
	tag := record.ContentHash(text)
	l.mu.Lock()
	defer l.mu.Unlock()
	if one, ok := l.kept[tag]; ok {
		return one, nil
	}
	one := leaflet{tag: tag}
	if one.pdf, err = print(); err != nil {
		return leaflet{}, err
	}
	if l.kept == nil || len(l.kept) >= mostLeaflets {
		l.kept = map[string]leaflet{}
	}
	l.kept[tag] = one
	return one, nil
}
