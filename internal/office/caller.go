package office

import (
	"context"
	"slices"
	"strings"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// The kinds of keys by which a caller is found, and which of a person's facts they are.
const (
	ByPhone       = "phone"
	ByMobile      = "mobile"
	ByEmail       = "email"
	ByAddress     = "address"      // surname, postcode and house number
	ByAddressPart = "address_part" // the same, with one part of a double surname
	ByCallerPhone = "caller_phone" // of who called for someone else
	ByDeputyPhone = "deputy_phone" // of the contact person or representative
	ByDeputyEmail = "deputy_email"
	ByNumber      = "number" // of the dossier: not in the index
)

// indexVersion says how indexOf spells; another version is made anew on start.
const indexVersion = 2

// indexOf gives the keyed hashes by which a person is found again. A number, address or
// name is hashed in one spelling of many.
func (o *Office) indexOf(who record.Identity) []record.IndexRow {
	var rows []record.IndexRow
	add := func(kind string, hash []byte) {
		if hash != nil {
			rows = append(rows, record.IndexRow{Kind: kind, Hash: hash})
		}
	}
	add(ByPhone, o.phoneKey(who.Phone))
	add(ByMobile, o.phoneKey(who.Mobile))
	add(ByEmail, o.emailKey(who.Email))
	add(ByCallerPhone, o.phoneKey(who.Caller.Phone))
	add(ByDeputyPhone, o.phoneKey(who.Deputy.Phone))
	add(ByDeputyEmail, o.emailKey(who.Deputy.Email))
	add(ByAddress, o.addressKey(who.Surname(), who.Postcode, who.House))
	if first, _, double := strings.Cut(who.Surname(), "-"); double {
		add(ByAddressPart, o.addressKey(first, who.Postcode, who.House))
	}
	return rows
}

func (o *Office) phoneKey(number string) []byte {
	return o.personKey("phone", complaint.CanonicalPhone(number))
}

// AddressKey makes the keyed hash of an e-mail address.
func (o *Office) AddressKey(address string) []byte { return o.emailKey(address) }

func (o *Office) emailKey(address string) []byte {
	return o.personKey("email", strings.ToLower(strings.TrimSpace(address)))
}

func (o *Office) addressKey(surname, postcode, house string) []byte {
	return o.personKey("address", plainName(surname), squeeze(postcode), squeeze(house))
}

// personKey is a keyed hash of what was spelled in one way; nil when a part is empty.
func (o *Office) personKey(kind string, parts ...string) []byte {
	if slices.Contains(parts, "") {
		return nil
	}
	return o.Safe.Index("person "+kind, parts...)
}

// squeeze leaves letters and digits, in lower case: one spelling of many.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" .-()/", r) {
			return -1
		}
		return r
	}, strings.ToLower(s))
}

// accents writes the accented letters of names in Dutch registers as who hears a name
// types it.
var accents = strings.NewReplacer("á", "a", "à", "a", "â", "a", "ä", "a", "ã", "a", "å", "a", "ą", "a", "æ", "ae", "ç", "c", "ć", "c", "č", "c",
	"ď", "d", "đ", "d", "é", "e", "è", "e", "ê", "e", "ë", "e", "ę", "e", "ě", "e", "ğ", "g", "í", "i", "ì", "i", "î", "i", "ï", "i", "ı", "i",
	"i̇", "i", "ł", "l", "ñ", "n", "ń", "n", "ň", "n", "ó", "o", "ò", "o", "ô", "o", "ö", "o", "õ", "o", "ø", "o", "ő", "o", "œ", "oe", "ř", "r",
	"ş", "s", "š", "s", "ś", "s", "ș", "s", "ß", "ss", "ť", "t", "ț", "t", "ú", "u", "ù", "u", "û", "u", "ü", "u", "ű", "u", "ů", "u",
	"ý", "y", "ÿ", "y", "ź", "z", "ż", "z", "ž", "z")

// plainName gives one spelling of a surname: its last word, without accents.
func plainName(surname string) string {
	words := strings.Fields(surname)
	if len(words) == 0 {
		return ""
	}
	return squeeze(accents.Replace(strings.ToLower(words[len(words)-1])))
}

// Search is what a caller says of themselves. Any of it may be empty; surname, postcode
// and house number belong together.
type Search struct {
	Phone, Email             string
	Surname, Postcode, House string
	Number                   string // of a dossier
}

// Hit is a dossier that a search found, without a name: that is opened with a reason.
type Hit struct {
	complaint.Dossier
	Title string
	Next  complaint.Task
	Why   []string // the kinds of keys by which it was found
}

// ActionFindCaller is the action of the log line of a search: the kinds of keys, never
// their values.
const ActionFindCaller = "find_caller"

// MayFindCaller reports whether a person may look for callers at all; what they find is
// for each dossier asked of the permission table.
func MayFindCaller(who complaint.Person) bool {
	return complaint.MayReceive(who) || who.ID != "" && (who.Is(complaint.Manager) || who.Is(complaint.Director))
}

// FindCaller looks for the dossiers of who calls, among those whose name the asker may
// open: finding somebody by a number says whose it is. The code is never asked.
func (o *Office) FindCaller(ctx context.Context, who complaint.Person, s Search) (hits []Hit, err error) {
	defer wrap(&err, "office: find caller")
	if !MayFindCaller(who) {
		return nil, &complaint.Error{Kind: complaint.Refused, Key: "error.forbidden"}
	}
	keys, hashes, err := o.searchKeys(s)
	if err != nil {
		return nil, err
	}
	// The line comes first: a search that cannot be noted does not happen.
	if err := o.Cupboard.Log(ctx, record.LogLine{ID: record.NewID(), At: o.now(), Actor: who.ID, Action: ActionFindCaller,
		Reason: strings.Join(keys, "+"), Result: "done"}); err != nil {
		return nil, err
	}
	found, err := o.Cupboard.FoundBy(ctx, o.sight(who), hashes)
	if err != nil {
		return nil, err
	}
	if number := strings.TrimSpace(s.Number); number != "" {
		more, _, err := o.Cupboard.List(ctx, o.sight(who), record.Filter{Number: number, Exact: true, Limit: 1})
		if err != nil {
			return nil, err
		}
		found = withNumber(found, more)
	}
	return o.hits(who, found)
}

// searchKeys gives the kinds of keys of a search, and the hashes to look for.
func (o *Office) searchKeys(s Search) (keys []string, hashes [][]byte, err error) {
	var bad complaint.Mistakes
	add := func(kind string, hash []byte) {
		if hash != nil {
			keys, hashes = append(keys, kind), append(hashes, hash)
		}
	}
	add(ByPhone, o.phoneKey(s.Phone))
	add(ByEmail, o.emailKey(s.Email))
	address := o.addressKey(s.Surname, s.Postcode, s.House)
	if address == nil && strings.TrimSpace(s.Surname+s.Postcode+s.House) != "" {
		for field, value := range map[string]string{"surname": s.Surname, "postcode": s.Postcode, "house": s.House} {
			if strings.TrimSpace(value) == "" {
				bad.Add(field, "error.required")
			}
		}
	}
	add(ByAddress, address)
	if strings.TrimSpace(s.Number) != "" {
		keys = append(keys, ByNumber)
	}
	if len(keys) == 0 && bad.Err() == nil {
		bad.Add("phone", "error.search_empty")
	}
	return keys, hashes, bad.Err()
}

// withNumber puts the dossier with the number that was asked first.
func withNumber(found []record.Found, more []record.Dossier) []record.Found {
	for _, d := range more {
		i := slices.IndexFunc(found, func(f record.Found) bool { return f.Dossier.ID == d.ID })
		if i < 0 {
			found = append([]record.Found{{Dossier: d, Kinds: []string{ByNumber}}}, found...)
		} else {
			found[i].Kinds = append([]string{ByNumber}, found[i].Kinds...)
		}
	}
	return found
}

// hits shows what was found to who may open the name.
func (o *Office) hits(who complaint.Person, found []record.Found) (hits []Hit, err error) {
	for _, f := range found {
		relation := complaint.Relate(who, f.Dossier.Dossier, false, o.Today())
		byNumber := len(f.Kinds) == 1 && f.Kinds[0] == ByNumber
		if !complaint.May(who, complaint.TaskOpenIdentity, relation) && !byNumber || !complaint.May(who, complaint.TaskRead, relation) {
			continue
		}
		h := Hit{Dossier: f.Dossier.Dossier, Why: f.Kinds}
		if h.Title, err = o.Sealer.Title(f.Dossier); err != nil {
			return nil, err
		}
		_, h.Next = permitted(who, relation, f.Dossier.Dossier, o.Today())
		hits = append(hits, h)
	}
	return hits, nil
}

// Reindex makes the keyed index of people anew when this program spells otherwise than
// the one that made it, so that who was found before is found again.
func (o *Office) Reindex(ctx context.Context) (err error) {
	defer wrap(&err, "office: make the index of people anew")
	have, err := o.Cupboard.IndexVersion(ctx)
	if err != nil || have == indexVersion {
		return err
	}
	ids, err := o.Cupboard.AuditIDs(ctx)
	if err != nil {
		return err
	}
	for _, id := range ids {
		d, err := o.Cupboard.Dossier(ctx, id, all)
		if complaint.IsKind(err, complaint.NotFound) {
			continue // gehoor verify names it
		}
		if err != nil {
			return err
		}
		who, err := o.person(ctx, &matter{Dossier: d})
		if err != nil {
			o.Log.Error("a person cannot be found by who they are", "dossier", id, "error", err)
			continue
		}
		if err := o.Cupboard.Reindex(ctx, id, o.indexOf(who)); err != nil {
			return err
		}
	}
	return o.Cupboard.SetIndexVersion(ctx, indexVersion)
}
