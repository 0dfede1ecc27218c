package letter

import (
	"bytes"

	"encoding/xml"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// poppler runs one of Debian's poppler tools on a PDF and gives what it says.
// Without the tool the test is skipped, but never on the build server.
func poppler(t *testing.T, pdf []byte, tool string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(tool); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("%s is missing: apt-get install poppler-utils", tool)
		}
		t.Skipf("%s is missing: apt-get install poppler-utils", tool)
	}
	path := filepath.Join(t.TempDir(), "letter.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	args = append(args, path)
	if tool == "pdftotext" {
		args = append(args, "-")
	}
	cmd := exec.Command(tool, args...)
	var warned bytes.Buffer
	cmd.Stderr = &warned
	out, err := cmd.Output()
	if err != nil || warned.Len() > 0 {
		t.Fatalf("%s: %v\n%s", tool, err, warned.String())
	}
	return string(out)
}

func printed(t testing.TB, d Document) []byte {
	t.Helper()
	pdf, err := PDF(d)
	if err != nil {
		t.Fatal(err)
	}
	return pdf
}

// gather takes all spaces out: where lines break is not what we compare.
func gather(s string) string { return strings.Join(strings.Fields(s), "") }

// Every word of every kind comes out of the file, in reading order, at every
// size; it is tagged and its fonts are inside.
func TestPDF(t *testing.T) {
	t.Parallel()
	for i, kind := range Kinds() {
		sizes := []int{12, 16, 20}
		if testing.Short() {
			sizes = sizes[i%3 : i%3+1]
		}
		for _, size := range sizes {
			o := full(kind, "nl")
			o.PointSize = size
			d := compose(t, o)
			pdf := printed(t, d)
			tree := poppler(t, pdf, "pdfinfo", "-struct-text")
			if got, want := gather(voiced(tree)), gather(everyWord(d)); got != want {
				t.Fatalf("%s at %d points reads\n%s\nwant\n%s", kind, size, got, want)
			}
			info := poppler(t, pdf, "pdfinfo")
			for _, want := range []string{"Tagged:          yes", "Title:           " + d.Subject, "595.28 x 841.89 pts (A4)", "PDF version:     1.7"} {
				if !strings.Contains(info, want) {
					t.Errorf("%s: pdfinfo does not say %q:\n%s", kind, want, info)
				}
			}
			checkFonts(t, poppler(t, pdf, "pdffonts"))
		}
	}
}

// A phone number never breaks over two lines, wherever it comes to stand.
func TestPhoneNumbersStayWhole(t *testing.T) {
	r := newRuler(blankPaper(Document{}))
	for n := range 40 {
		text := strings.Repeat("x", n) + " bel 030-299 00 04. Of niet."
		for _, line := range r.wrap(sans, 12, 60, text) {
			if strings.Contains(line, "030") && !strings.Contains(line, "030-299 00 04.") {
				t.Errorf("broken: %q", line)
			}
		}
	}
	if got := r.wrap(sans, 12, 60, strings.Repeat("1 ", 500)); len(got) < 10 {
		t.Errorf("500 figures stand on %d lines", len(got))
	}
	if got := r.wrap(sans, 12, 0.1, "abc"); len(got) != 3 {
		t.Errorf("a line too narrow for a letter gives %q", got)
	}
	if got := r.wrap(sans, 12, 60, " \n "); got != nil {
		t.Errorf("no text gives %q", got)
	}
}

// everyWord is the letter in reading order, furniture left out.
func everyWord(d Document) string {
	parts := append([]string{}, d.Sender...)
	parts = append(parts, d.Personal)
	parts = append(parts, d.Window...)
	for _, m := range d.Meta {
		parts = append(parts, m.Label, m.Value)
	}
	parts = append(parts, d.Title, d.Salutation)
	for _, b := range d.Blocks {
		parts = append(parts, b.Text)
		for _, item := range b.Items {
			parts = append(parts, "•", item)
		}
	}
	parts = append(parts, d.Closing)
	parts = append(parts, d.Signature...)
	parts = append(parts, d.Contact...)
	if s := d.Slip; s != nil {
		parts = append(parts, s.Cut, s.Title, s.Number, s.Yes, s.No, s.Sign)
	}
	return strings.Join(parts, " ")
}

// said finds the texts in pdfinfo's picture of the tree.
var said = regexp.MustCompile(`(?m)^\s+"(.*)"$`)

func voiced(tree string) string {
	var b strings.Builder
	for _, m := range said.FindAllStringSubmatch(tree, -1) {
		b.WriteString(m[1])
	}
	return b.String()
}

// checkFonts wants every font embedded, subsetted or not, and with a map back
// to Unicode: that is what makes the text readable by a machine.
func checkFonts(t *testing.T, table string) {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(table), "\n")
	if len(lines) < 3 {
		t.Errorf("no fonts:\n%s", table)
	}
	for _, line := range lines[min(2, len(lines)):] {
		f := strings.Fields(line) // … encoding emb sub uni object id
		if len(f) < 6 || f[len(f)-5] != "yes" || f[len(f)-3] != "yes" {
			t.Errorf("not embedded or not readable: %s", line)
		}
	}
}

func TestStructure(t *testing.T) {
	d := compose(t, full(ConfirmationText, "nl"))
	tree := poppler(t, printed(t, d), "pdfinfo", "-struct")
	// The attributes of a list are in brackets; only the elements count here.
	var got strings.Builder
	for line := range strings.Lines(tree) {
		if name := strings.TrimSpace(line); name != "" && !strings.HasPrefix(name, "/") {
			got.WriteString(strings.TrimRight(line, " \n") + "\n")
		}
	}
	golden(t, "structure", got.String())
}

func TestSameBytes(t *testing.T) {
	for _, kind := range []Kind{Answer, ConfirmationText} {
		d := compose(t, full(kind, "nl"))
		if !bytes.Equal(printed(t, d), printed(t, d)) {
			t.Errorf("%s: two prints of one letter differ", kind)
		}
	}
}

// A word with its box, in mm from the upper left corner.
type box struct {
	page                   int
	text                   string
	left, top, right, foot float64
}

// boxes measures where pdftotext finds every word.
func boxes(t *testing.T, pdf []byte) []box {
	t.Helper()
	dec := xml.NewDecoder(strings.NewReader(poppler(t, pdf, "pdftotext", "-bbox")))
	dec.Strict, dec.Entity = false, xml.HTMLEntity
	var out []box
	page := 0
	for {
		token, err := dec.Token()
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		el, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch el.Name.Local {
		case "page":
			page++
		case "word":
			var w struct {
				XMin float64 `xml:"xMin,attr"`
				YMin float64 `xml:"yMin,attr"`
				XMax float64 `xml:"xMax,attr"`
				YMax float64 `xml:"yMax,attr"`
				Text string  `xml:",chardata"`
			}
			if err := dec.DecodeElement(&w, &el); err != nil {
				t.Fatal(err)
			}
			out = append(out, box{page, w.Text, w.XMin * mmPerPoint, w.YMin * mmPerPoint, w.XMax * mmPerPoint, w.YMax * mmPerPoint})
		}
	}
}

// The window shows the address and nothing else, however long the letterhead,
// the address or the letters are.
func TestWindow(t *testing.T) {
	long := []string{
		"De cliëntenraad van Zorggroep De Lange Naam van het Voorbeeld aan de Rivier",
		"t.a.v. mevrouw dr. A.B.C.D. van der Brugsma-Tasselaar tot Voorbeeldstein", "p/a Huize Zonneschijn",
		"Burgemeester Van Voorbeeldenlaan 1234 bis A", "9999 XX Voorbeelddorp aan den IJssel", "België",
	}
	for _, size := range []int{12, 16, 20} {
		for _, address := range [][]string{{"A. Brugsma", "Dorpsstraat 12", "9999 XX Dorp"}, long} {
			o := full(Answer, "nl")
			o.PointSize, o.Addressee, o.Personal = size, address, true
			o.Sender.Name = "Landelijk Steunpunt (mede)zeggenschap"
			o.Sender.Postal = []string{"Postbus 8224", "3503 RE Utrecht", "Nederland"}
			shown := ""
			for _, b := range boxes(t, printed(t, compose(t, o))) {
				if b.page > 1 || b.right < clearLeft || b.left > clearRight || b.foot < clearTop || b.top > clearBottom {
					continue
				}
				shown += b.text
				if b.left < windowLeft-0.1 || b.right > windowRight+0.1 || b.top < windowTop-0.6 || b.foot > windowBottom+0.6 {
					t.Errorf("%d points: %q stands outside the window: %+v", size, b.text, b)
				}
			}
			if want := gather("Persoonlijk" + strings.Join(address, "")); shown != want {
				t.Errorf("%d points: the window shows %q, want %q", size, shown, want)
			}
		}
	}
}

func TestAddressTooLong(t *testing.T) {
	o := full(Answer, "nl")
	o.Addressee = []string{strings.Repeat("Zonneschijn ", 100)}
	if _, err := PDF(compose(t, o)); err == nil {
		t.Error("an address of 1200 letters is said to fit")
	}
}

// The margins hold on every page, and every page has its number.
func TestMargins(t *testing.T) {
	for _, size := range []int{12, 20} {
		o := full(ConfirmationText, "nl")
		o.PointSize = size
		o.Facts.Description = strings.Repeat("De cursus ging niet door en niemand belde ons.\n", 90) +
			strings.Repeat("Klachtafhandelingsprocedure", 40)
		pdf := printed(t, compose(t, o))
		found := boxes(t, pdf)
		last, numbered, slipOn := found[len(found)-1].page, map[int]bool{}, map[int]bool{}
		for _, b := range found {
			if b.top > bottom { // the page number
				numbered[b.page] = numbered[b.page] || strings.HasSuffix(b.text, "/"+strconv.Itoa(last))
				continue
			}
			if b.left < left-0.1 || b.foot > bottom+1 || (b.page > 1 && b.right > right+0.1) || b.right > senderRight+0.1 {
				t.Errorf("%d points: %q stands in the margin: %+v", size, b.text, b)
			}
			if strings.HasPrefix(b.text, "Antwoordstrook") || strings.HasPrefix(b.text, "Handtekening") || b.text == "Knip" {
				slipOn[b.page] = true
			}
		}
		if len(numbered) != last || last < 3 || slices.Contains(slices.Collect(maps.Values(numbered)), false) {
			t.Errorf("%d points: %d pages, numbered %v", size, last, numbered)
		}
		if len(slipOn) != 1 || !slipOn[last] {
			t.Errorf("%d points: the slip stands on pages %v of %d", size, slipOn, last)
		}
	}
}

// The slip stays in one piece wherever the story ends on its page, and what
// introduces a list stays with the list.
func TestSlipStaysTogether(t *testing.T) {
	t.Parallel()
	for _, size := range []int{12, 20} {
		for lines := range 18 {
			o := full(ConfirmationText, "nl")
			o.PointSize = size
			o.Facts.Description = strings.Repeat("Niemand belde ons.\n", lines+1)
			pageOf := map[string]int{}
			for _, b := range boxes(t, printed(t, compose(t, o))) {
				pageOf[b.text] = b.page
			}
			if pageOf["Knip"] == 0 || pageOf["Knip"] != pageOf["Handtekening"] {
				t.Errorf("%d points, %d lines: the slip runs from page %d to %d", size, lines, pageOf["Knip"], pageOf["Handtekening"])
			}
			if pageOf["Kies"] != pageOf["kruisje"] {
				t.Errorf("%d points, %d lines: the list starts on another page than its first line", size, lines)
			}
		}
	}
}

func TestHardCharacters(t *testing.T) {
	o := full(Reminder, "nl")
	o.Facts.Description = "Ayşe Çağlar café naïeve ﬁets € 84 – 'ja' „nee” ĳs Łódź Ωμέγα \u200bx\u00ady e\u0308 s\u0327 niet-\u2011 \\(haak) 😡 kapot\xff einde\u0000"
	want := "Ayşe Çağlar café naïeve ﬁets € 84 – 'ja' „nee” ĳs Łódź Ωμέγα xy ë ş niet-- \\(haak) □ kapot□ einde"
	text := poppler(t, printed(t, compose(t, o)), "pdftotext", "-raw")
	if !strings.Contains(gather(text), gather(want)) {
		t.Errorf("want %q in\n%s", want, text)
	}
}

// A text of megabytes, even without a single space, is printed in time that
// grows with its length. Elsewhere texts are capped far below this.
func TestLongTexts(t *testing.T) {
	if testing.Short() {
		t.Skip("prints ten megabytes")
	}
	for name, text := range map[string]string{
		"words":     strings.Repeat("De cursus ging niet door. ", 400_000),
		"one word":  strings.Repeat("klacht", 1_700_000),
		"lines":     strings.Repeat("ja\n", 30_000),
		"no spaces": strings.Repeat("ë", 100_000),
	} {
		o := full(Reminder, "nl")
		o.Facts.Description = text
		began := time.Now()
		pdf := printed(t, compose(t, o))
		t.Logf("%s: %d bytes of text, %d of PDF, %v", name, len(text), len(pdf), time.Since(began).Round(time.Millisecond))
		if took := time.Since(began); took > time.Minute {
			t.Errorf("%s took %v", name, took)
		}
	}
}

// Rows that keep together stay so, unless they fill more than a page.
func TestPaginate(t *testing.T) {
	s := &sheet{}
	add := func(n int, keep bool) {
		for i := range n {
			s.rows = append(s.rows, row{height: 10, keep: keep && i < n-1})
		}
	}
	add(24, false) // 25 to 265
	add(2, true)   // do not fit: to page 2
	add(40, true)  // more than a page: broken where it must
	var got []int
	for _, page := range s.paginate(nextTop) {
		got = append(got, len(page))
	}
	if want := []int{24, 2, 25, 15}; !slices.Equal(got, want) {
		t.Errorf("rows per page %v, want %v", got, want)
	}
}
