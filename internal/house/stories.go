package house

import (
	"strings"

	"gehoor/internal/complaint"
)

// story is what an invented complainant has to say.
type story struct {
	title, text, wish string
	subject           complaint.SubjectKind
	department        string
}

// The stories of the invented organisation. All people, places and events are made up.
var stories = []story{
	{"Cursus ging niet door", "Op zaterdag wilden wij met vier mensen van de cliëntenraad naar de cursus Samen sterk. Wij reisden twee uur met de taxi. Bij de deur hoorden wij dat de cursus niet doorging. Niemand had ons gebeld.", "Wij willen het geld voor de taxi terug. En wij willen dat jullie voortaan bellen.", complaint.AboutService, "Scholing"},
	{"Geen lunch bij de training", "Bij de training van vorige week was koffie en lunch beloofd. Die waren er niet.", "Ik wil dat dit voortaan goed geregeld is. Ik wil een excuus.", complaint.AboutService, "Scholing"},
	{"Cursusmap in te kleine letters", "De map van de cursus heeft zulke kleine letters dat ik hem niet kan lezen. Ik had om een grote gevraagd.", "Ik wil de map in grote letters.", complaint.AboutProduct, "Scholing"},
	{"Nieuwsbrief met veel Engels", "In de nieuwsbrief staan veel Engelse woorden. Ik begrijp die niet.", "Ik wil dat de nieuwsbrief in gewoon Nederlands is.", complaint.AboutProduct, "Ledenadvies"},
	{"Advies kwam twee maanden later", "Wij vroegen in het voorjaar advies over een nieuw huisreglement. Het antwoord kwam toen de vergadering al lang voorbij was.", "Wij willen weten hoe het kan dat dit zo lang duurde.", complaint.AboutService, "Ledenadvies"},
	{"Factuur twee keer gestuurd", "Wij kregen dezelfde factuur twee keer en daarna een aanmaning, terwijl er al betaald was.", "Wij willen een bevestiging dat er niets meer openstaat.", complaint.AboutProduct, "Ledenadvies"},
	{"Rapport met verkeerde naam", "In het rapport van de kwaliteitstoetsing staat de naam van een ander huis. Onze bewoners schrokken daarvan.", "Wij willen een nieuw rapport met de goede naam.", complaint.AboutService, "Kwaliteitstoetsing"},
	{"Toetsing zonder bewoners", "Bij de kwaliteitstoetsing is met niemand van de bewoners gesproken, hoewel dat was afgesproken.", "Ik wil dat de gesprekken alsnog gebeuren.", complaint.AboutService, "Kwaliteitstoetsing"},
	{"Trainer gaf geen tijd om te antwoorden", "De trainer gaf mij twee keer geen tijd om te antwoorden met mijn spraakcomputer.", "Ik wil dat ik de tijd krijg.", complaint.AboutEmployee, "Scholing"},
	{"Gelach tijdens bijeenkomst", "Op een bijeenkomst werd gelachen toen ik iets vroeg. Ik had het gevoel dat het om mij ging.", "Ik weet niet wat er moet gebeuren. Ik wil dat iemand het weet.", complaint.AboutEmployee, "Ledenadvies"},
	{"Lang wachten aan de telefoon", "Ik heb drie keer meer dan een half uur gewacht en toen werd de verbinding verbroken.", "Ik wil dat er wordt teruggebeld.", complaint.AboutService, "Ledenadvies"},
	{"Uitnodiging alleen per e-mail", "Ik heb geen computer. De uitnodiging voor de ledenvergadering kwam alleen per e-mail en daardoor heb ik hem gemist.", "Ik wil alles per post.", complaint.AboutService, "Ledenadvies"},
	{"Zaal niet toegankelijk", "De zaal van de cursus had een drempel en geen lift. Ik kwam er met mijn rolstoel niet in.", "Ik wil de cursus op een plek waar ik wel naar binnen kan.", complaint.AboutService, "Scholing"},
	{"Opname van cursus niet te verstaan", "De opname van de cursus die ik kocht is niet te verstaan. Er zit een zoem in.", "Ik wil een goede opname of mijn geld terug.", complaint.AboutProduct, "Scholing"},
	{"Verkeerd antwoord over nieuwe wet", "Op onze vraag over de nieuwe wet kregen wij een antwoord dat niet klopte. Wij hebben daar een besluit op genomen.", "Wij willen een goed antwoord en hulp bij het besluit.", complaint.AboutService, "Ledenadvies"},
	{"Beloofd boek in gesproken vorm", "Ik kocht een cursusboek van € 65. Mij was een gesproken versie beloofd. Die kreeg ik niet.", "Ik wil de gesproken versie, of mijn geld terug.", complaint.AboutProduct, "Scholing"},
	{"Afspraak vergeten", "Wij hadden een afspraak met een adviseur. Er kwam niemand en er werd niet gebeld.", "Wij willen een nieuwe afspraak.", complaint.AboutService, "Ledenadvies"},
	{"Onaardig aan de balie", "De medewerker bij de garderobe sprak mij aan alsof ik een bezoeker was, terwijl ik de spreker was.", "Ik wil daar een gesprek over.", complaint.AboutEmployee, "Scholing"},
	{"Folder niet te lezen", "De folder heeft te kleine letters. Onze cliëntenraad kan hem niet lezen.", "Grote letters en plaatjes.", complaint.AboutProduct, "Ledenadvies"},
	{"Terugbetaling komt niet", "De beloofde terugbetaling van € 110 cursusgeld is na drie maanden nog niet gedaan.", "Ik wil het geld op mijn rekening.", complaint.AboutService, "Scholing"},
}

// somebody is an invented complainant.
type somebody struct {
	name, salutation, street, house, postcode, town, phone, email string
	member                                                        complaint.Member
}

var somebodies = []somebody{
	{"Alida van Hoorne", "mevrouw Van Hoorne", "Lindeschans", "12", "4820 GD", "Heulendam", "06-00000061", "a.vanhoorne@example.org", complaint.MemberYes},
	{"J. Brugsma-Tiggelaar", "mevrouw Brugsma", "Kapelstiege", "8", "9153 HW", "Lutterveen", "088-0000164", "", complaint.MemberYes},
	{"Faruk Ekşioğlu", "meneer Ekşioğlu", "Stationsdreef", "41", "1389 PL", "Vaartwijk", "06-00000065", "", complaint.MemberNo},
	{"Willemijn Haspels", "mevrouw Haspels", "Esdoornplein", "17", "6948 CB", "Breezerwoude", "06-00000067", "willemijn.haspels@example.org", complaint.MemberUnknown},
	{"Simon Zomerkoning", "meneer Zomerkoning", "Molenwerf", "32", "4726 ST", "Zandhuizen", "06-00000072", "simon.zomerkoning@example.net", complaint.MemberYes},
	{"Lotte Wintertaling", "mevrouw Wintertaling", "Polderkade", "5", "8217 CM", "Oudermeer", "06-00000073", "lotte.wintertaling@example.com", complaint.MemberYes},
	{"Abel Rooskens", "meneer Rooskens", "Veerdam", "101", "3561 KL", "Noordzande", "06-00000074", "abel.rooskens@example.org", complaint.MemberYes},
	{"Wendela Pruim", "mevrouw Pruim", "Hooge Akker", "27", "6905 LR", "Zandhuizen", "088-0000181", "", complaint.MemberYes},
	{"Dirk Ottolander", "meneer Ottolander", "Strandvlak", "9", "4560 TL", "Noordzande", "06-00000086", "", complaint.MemberNo},
	{"Sjaak Vonderen", "meneer Vonderen", "Merelhof", "1", "1573 EK", "Lutterveen", "06-00000082", "sjaak.vonderen@example.net", complaint.MemberYes},
}

// callers wait to be called back; ago is in days.
var callers = []struct {
	name, number, about string
	ago, hour, tries    int
	concerns            string // who of the staff, or ""
}{
	{"Hendrikje Noordewier", "06-00000091", "een rekening die zij niet begrijpt", 5, 15, 2, ""},
	{"Mattheus Kwakkelaar", "088-0000192", "een gesprek met iemand van de helpdesk", 1, 16, 0, "Pim Haverdonk"},
	{"", "06-00000093", "de cursus van volgende maand", 0, 9, 0, ""},
}

// Secrets gives what the furnished house must keep sealed: names, addresses, numbers
// and sentences of its complainants, for a search of the register.
func Secrets() []string {
	var all []string
	add := func(s string) {
		if len(s) >= 6 {
			all = append(all, s)
		}
	}
	for _, s := range stories {
		add(s.title)
		for sentence := range strings.SplitSeq(s.text+" "+s.wish, ". ") {
			add(strings.TrimSuffix(sentence, "."))
		}
	}
	for _, p := range somebodies {
		words := strings.Fields(p.name)
		for _, s := range []string{p.name, words[len(words)-1], p.street, p.postcode, p.town, p.phone, p.email} {
			add(s)
		}
	}
	for _, c := range callers {
		add(c.name)
		add(c.number)
		add(c.about)
	}
	for _, s := range senders {
		for _, text := range []string{s.name, s.street, s.town, s.email, s.text, s.wish, s.title} {
			add(text)
		}
	}
	for _, m := range writers {
		for _, s := range append(strings.Split(m.text, "\n"), m.name, m.address, m.subject) {
			add(s)
		}
	}
	return all
}
