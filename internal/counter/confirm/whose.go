package confirm

import (
	"slices"
	"strings"

	"gehoor/internal/complaint"
	"gehoor/internal/office"
	"gehoor/internal/words"
)

// whose says, in words, for whom a reader reads: "uw moeder" where the relation tells it,
// else by form of address.
type whose struct {
	reader bool
	name   string // "uw moeder", "mevrouw Brugsma"
	yes    string // "Ja, mijn moeder zegt dat dit klopt"
	ask    string // "Wij vragen het haar zelf."
}

// kin are relations of a reader, as they are written down, and what the complainant is to
// such a reader: a woman, a man.
var kin = []struct {
	relations  []string
	woman, man string
}{
	{[]string{"dochter", "zoon", "kind", "daughter", "son", "child"}, "mother", "father"},
	{[]string{"kleindochter", "kleinzoon", "kleinkind", "granddaughter", "grandson", "grandchild"}, "grandmother", "grandfather"},
	{[]string{"moeder", "vader", "ouder", "mother", "father", "parent"}, "daughter", "son"},
	{[]string{"zus", "zuster", "broer", "sister", "brother"}, "sister", "brother"},
	{[]string{"man", "vrouw", "echtgenoot", "echtgenote", "partner", "husband", "wife"}, "wife", "husband"},
	{[]string{"nicht", "neef", "niece", "nephew"}, "relative", "relative"},
}

// women and men are how forms of address begin.
var (
	women = []string{"mevrouw", "mevr", "mevr.", "mw", "mw.", "mrs", "mrs.", "ms", "ms."}
	men   = []string{"meneer", "mijnheer", "heer", "dhr", "dhr.", "mr", "mr."}
)

func whoseIs(v *words.Voice, t office.OwnText) whose {
	if t.For != complaint.ReaderConfirms {
		return whose{yes: v.Say("counter.confirm.yes")}
	}
	w := whose{reader: true, name: t.Whose, ask: v.Say("counter.confirm.ask")}
	first, rest, _ := strings.Cut(strings.ToLower(strings.TrimSpace(t.Whose)), " ")
	if first == "de" {
		first, _, _ = strings.Cut(rest, " ")
	}
	woman, man := slices.Contains(women, first), slices.Contains(men, first)
	switch {
	case woman:
		w.ask = v.Say("counter.confirm.ask_her")
	case man:
		w.ask = v.Say("counter.confirm.ask_him")
	}
	relation := strings.ToLower(strings.TrimSpace(t.Relation))
	for _, k := range kin {
		if !slices.Contains(k.relations, relation) || !woman && !man {
			continue
		}
		key := k.man
		if woman {
			key = k.woman
		}
		rel := v.Say("counter.confirm.rel." + key)
		w.name, w.yes = v.Say("counter.confirm.your", "Rel", rel), v.Say("counter.confirm.yes_rel", "Rel", rel)
		return w
	}
	w.yes = v.Say("counter.confirm.yes_name", "Name", t.Whose)
	return w
}
