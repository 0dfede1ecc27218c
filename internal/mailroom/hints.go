package mailroom

import (
	"regexp"
	"slices"
	"strings"

	"gehoor/internal/office"
	"gehoor/internal/record"
)

// What people write about. Stems end in \p{L}*.
var (
	complaining = vocabulary(`klacht klachten klagen klaag klagt beklag ontevreden boos kwaad woedend teleurgesteld teleurstellend niet_blij niet_tevreden ontstemd verontwaardigd
		niet_(?:goed|netjes|geholpen|gekregen|ontvangen|teruggebeld|nagekomen|juist|te_lezen) nooit_\p{L}+ fout(?:en|e)? verkeerd\p{L}* onjuist\p{L}* beloofd belofte beloftes excuses? sorry sorrie
		vergoed\p{L}* terugbetal\p{L}* geld_terug schade kwijt slecht\p{L}* schandalig schande onbeleefd onvriendelijk kortaf grof onacceptabel te_laat ondanks genegeerd geweigerd
		onterecht oneerlijk discriminatie gediscrimineerd pijn gevallen gewacht wachttijd opgehangen complaint complain unhappy disappointed refund`)
	avg          = vocabulary(`avg gdpr inzageverzoek recht_op_inzage verzoek_(?:om|tot)_(?:inzage|verwijdering|rectificatie) persoonsgegevens_(?:inzien|verwijderen|wissen) artikel_1[5-9] gegevens_(?:te_)?(?:verwijderen|wissen|inzien) data_subject`)
	praise       = vocabulary(`compliment complimenten complimentje dank_jullie_wel dankjewel bedankt_voor heel_fijn fijne geweldig\p{L}* super prachtig\p{L}* chapeau lof pluim top tevreden blij_met enthousiast`)
	noComplaint  = vocabulary(`geen_klacht g[ée]{1,2}n_klacht gaat_niet_om_een_klacht niet_als_klacht`)
	asking       = vocabulary(`vraag vraagje kunt_u_(?:mij|ons)? kan_ik kunnen_wij hoe_kan wanneer_is waar_vind weet_u zou_u informatie aanmelden inschrijven opgeven afmelden bestellen folder programma`)
	selling      = vocabulary(`korting aanbieding actie bestel nieuwsbrief uitschrijven unsubscribe webinar offerte_aan demo acquisitie whitepaper backlinks seo`)
	representing = vocabulary(`namens mijn_(?:moeder|vader|zoon|dochter|man|vrouw|broer|zus|oma|opa|cliënt|client|buurvrouw|buurman) mentor curator bewindvoerder gemachtigde mantelzorger`)
	health       = vocabulary(`ziek ziekte ziektes ziekenhuis diagnose medicijn\p{L}* medicatie dement\p{L}* alzheimer parkinson kanker depressi\p{L}* psych\p{L}* epilep\p{L}* diabetes suikerziekte
		autis\p{L}* beroerte hartaanval operatie geopereerd verstandelijk\p{L}* hersenletsel niet-aangeboren incontinent\p{L}* burn-?out zwanger hiv reuma copd`)
	confidential = vocabulary(`vertrouwelijk anoniem anonimiteit niet_dat_(?:iemand|zij|hij|ze) mijn_naam_niet niet_mijn_naam geheim tussen_ons`)
	access       = vocabulary(`ik_zie_slecht slechtziend\p{L}* blind doof slechthorend\p{L}* grote_letters gesproken_versie braille spraakcomputer gebarentolk laaggeletterd dyslexie`)
	organisation = vocabulary(`stichting vereniging cliëntenraad clientenraad bewonersraad familieraad medezeggenschapsraad zorggroep zorgorganisatie bestuur`)
	memberWords  = vocabulary(`lid lidnummer lidmaatschap persoonlijk_lid lid_van_(?:het_)?lsr`)
	notMember    = vocabulary(`geen_lid niet_lid`)
	staffWords   = vocabulary(`medewerker medewerkster medewerkers trainer trainster trainers adviseur adviseurs coach begeleider docent docente collega telefoniste receptioniste coördinator coordinator`)
	twoThings    = vocabulary(`twee_(?:dingen|klachten|zaken|punten) ten_tweede iets_heel_anders nog_iets_anders tweede_klacht`)
)

// named finds a person behind the word for what that person does here, or with a title
// behind "uw" and the like.
var named = regexp.MustCompile(`(?i:medewerk(?:st)?er|trainer|trainster|adviseur|coach|docent|docente|begeleider|collega|telefoniste)(?: van (?:u|jullie|het LSR))?(?:,? (?i:mevrouw|mevr\.?|mw\.?|meneer|mijnheer|de heer|dhr\.?))? \p{Lu}\p{L}+|(?i:uw|jullie) (?i:mevrouw|meneer|collega) \p{Lu}\p{L}+`)

// hints are what an employee should look at before doing anything.
func hints(m record.Mail, own string, k Known) []string {
	var flags []string
	add := func(when bool, flag string) {
		if when {
			flags = append(flags, flag)
		}
	}
	text := m.Subject + "\n" + m.Text
	mine := m.Subject + "\n" + own
	_, prefixes := bareSubject(m.Subject)
	add(office.HasBSN(text), "bsn_suspect")
	add(hasWord(mine, health), "health_data")
	about := m.Subject + "\n" + withoutSalutation(own)
	names := namesIn(about, m.SenderName()).namesAny(k.Staff) || named.MatchString(about)
	add(names, "names_employee")
	add(hasWord(mine, staffWords) && hasWord(mine, complaining) && names, "employee_complaint")
	add(k.Twin != "", "suspected_duplicate")
	add(len(strings.Fields(m.Text)) == 0 && len(m.Parts) > 0, "attachment_only")
	add(hasWord(mine, representing), "representative")
	add(hasWord(mine, confidential), "confidential_request")
	add(hasWord(mine, access), "accessibility_need")
	add(hasWord(mine, organisation), "organisation")
	add(hasWord(mine, memberWords) && !hasWord(mine, notMember), "member_stated")
	add(hasWord(mine, notMember), "non_member_stated")
	add(hasWord(mine, twoThings), "two_complaints")
	add(hasWord(mine, avg), "avg_request")
	add(len(prefixes) > 0 && prefixes[len(prefixes)-1] == "fw", "forwarded_inline")
	add(numbered.MatchString(m.Subject), "token_in_subject")
	add(len(m.InReplyTo) > 0, "token_in_reply_to")
	add(isFormula(m.Subject), "formula_subject")
	add(m.IsList, "list_unsubscribe")
	add(m.IsSpam, "spam")
	for _, why := range automatic(m, k) {
		switch why {
		case "auto_submitted", "null_sender", "precedence_bulk":
			flags = append(flags, why)
		}
	}
	if k.Answers != nil && k.Answers.Confirmation && readYes(own) == saysNo {
		flags = append(flags, "explicit_no")
	}
	return flags
}

// people reads a text for the names of our people.
type people struct{ text, writer string }

func namesIn(text, writer string) people {
	return people{" " + bare(text) + " ", " " + bare(writer) + " "}
}

// namesAny reports whether a text names one of our people.
func (p people) namesAny(staff []string) bool { return slices.ContainsFunc(staff, p.names) }

// names reports whether a text names somebody: by the whole name, the surname, or the
// first name when it is not the writer's own. Better one mail too many kept from
// somebody's eyes than one too few.
func (p people) names(name string) bool {
	first, rest, ok := strings.Cut(strings.TrimSpace(name), " ")
	if !ok {
		return false
	}
	rest = bare(rest)
	for _, part := range []string{rest, rest[strings.LastIndexByte(rest, ' ')+1:], bare(first)} {
		part = " " + part + " "
		if strings.TrimSpace(part) != "" && strings.Contains(p.text, part) && !strings.Contains(p.writer, part) {
			return true
		}
	}
	return false
}

// nearlyNames reports whether a name is somebody's but for its spelling: people write a name
// as they heard it.
func (p people) nearlyNames(name string) bool {
	all := strings.Fields(bare(name))
	if len(all) < 2 {
		return false
	}
	surname := all[len(all)-1]
	return slices.ContainsFunc(strings.Fields(p.text), func(word string) bool { return isSlipOf(word, surname) })
}

// isSlipOf reports whether a word is a name with a letter too many, too few or another; of a
// long name with two.
func isSlipOf(word, name string) bool {
	a, b := []rune(word), []rune(name)
	most := 0
	switch {
	case len(b) >= 8:
		most = 2
	case len(b) >= 5:
		most = 1
	}
	return most > 0 && distance(a, b) <= most
}

// distance counts the letters to put in, take out or change to make b of a (Levenshtein).
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		corner := row[0]
		row[0] = i + 1
		for j, y := range b {
			change := corner
			if x != y {
				change++
			}
			corner = row[j+1]
			row[j+1] = min(change, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}

// isFormula reports whether a spreadsheet would take a text for a formula.
func isFormula(s string) bool { return s != "" && strings.ContainsRune("=+-@", rune(s[0])) }

// notComplaint gives a reason to think that a mail is something else, or "". The mark in
// the subject beats every one of them, unless the mail itself says that it is none.
func notComplaint(m record.Mail, j Judgement) string {
	text := m.Subject + "\n" + j.Own
	bulk := m.IsList || m.IsSpam || m.Precedence == "bulk"
	switch {
	case j.Marker:
		return ""
	case bulk && (hasWord(text, selling) || !hasWord(j.Own, complaining)):
		return "advertising"
	case hasWord(text, avg) && (hasWord(text, noComplaint) || !hasWord(withoutDenial(text), complaining)):
		return "avg_request"
	case hasWord(text, noComplaint) && hasWord(text, praise) && !hasWord(withoutDenial(text), complaining):
		return "compliment"
	case hasWord(text, noComplaint) && !hasWord(withoutDenial(text), complaining):
		return "says_so"
	case hasWord(text, praise) && !hasWord(text, complaining):
		return "compliment"
	case hasWord(text, asking) && !hasWord(text, complaining):
		return "question"
	}
	return ""
}

// withoutDenial leaves "geen klacht" out, so that the word in it does not count.
func withoutDenial(s string) string { return noComplaint.without(s) }
