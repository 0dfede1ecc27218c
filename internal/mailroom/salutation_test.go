package mailroom

import "testing"

// TestSalutationNamesNobody: who is greeted is who the mail is written to; a name anywhere
// else, or in a mail that complains of "you", still counts.
func TestSalutationNamesNobody(t *testing.T) {
	staff := []string{"Jorien Tasselaar", "Pim Haverdonk"}
	for own, want := range map[string]bool{
		"Beste Jorien,\n\nDe lunch was op.":                               false,
		"Beste Jorien, de lunch was op.":                                  false,
		"\n\nGeachte mevrouw Tasselaar,\nDe lunch was op.":                false,
		"Hallo Jorien en Pim!\nDe lunch was op.":                          false,
		"Beste helpdesk, ik klaag over Jorien.":                           true,
		"Beste Jorien, Pim heeft mij drie keer niet teruggebeld.":         true,
		"Beste Jorien,\nPim heeft mij niet teruggebeld.":                  true,
		"Beste Jorien heeft mij uitgescholden.":                           true,
		"De lunch was op.\nBeste Jorien,":                                 true,
		"Beste Jorien,\nIk heb een klacht over jou.":                      true,
		"Geachte mevrouw Tasselaar, ik ben zeer ontevreden over u.":       true,
		"Jorien Tasselaar heeft mij niet teruggebeld.":                    true,
		"Beste Jorien,\nMeneer Haverdonk hing op. Met groet, een klager.": true,
	} {
		if got := namesIn(withoutSalutation(own), "Gerlof").namesAny(staff); got != want {
			t.Errorf("%q: names somebody: %v", own, got)
		}
	}
}
