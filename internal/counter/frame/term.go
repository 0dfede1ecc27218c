package frame

import (
	"gehoor/internal/calendar"
	"gehoor/internal/words"
)

// InWords says a term in its own number and unit: "14 dagen", "6 weken".
func InWords(v *words.Voice, t calendar.Term) string {
	return v.Count("count."+string(t.Unit)+"s", t.N)
}
