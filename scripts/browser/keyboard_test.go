package browser

import (
	"testing"

	"gehoor/internal/house"
	"gehoor/internal/housetest"
)

// TestKeyboardAlone goes through whole courses, at the desk and at the counter, with the
// keyboard and nothing else.
func TestKeyboardAlone(t *testing.T) {
	node := need(t)
	w := enter(t, housetest.New(t))
	w.unhurried(t)
	w.look(t)
	w.textReader(t)
	_, number, code := w.letter(t)
	plan := map[string]string{"url": w.url, "email": helpdesk, "password": house.DemoPassword, "link": w.link, "number": number, "code": code}
	for course, found := range run(t, node, "keyboard.mjs", plan, 5) {
		if course == "" { // the last line: how many it did
			continue
		}
		t.Run(course, func(t *testing.T) {
			for _, f := range found {
				for _, problem := range f.Problems {
					t.Error(problem)
				}
			}
		})
	}
}
