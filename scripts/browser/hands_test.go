package browser

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"io"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// hands do in Chromium what people do: hands.mjs.
type hands struct {
	in   io.Writer
	says *bufio.Scanner
	said *strings.Builder // what the script complains of
}

func newHands(t *testing.T, node string) *hands {
	t.Helper()
	h := &hands{said: &strings.Builder{}}
	cmd := exec.Command(node, "hands.mjs") // it ends when its input does, also when the tests are killed
	cmd.Stderr, cmd.WaitDelay = h.said, 10*time.Second
	in, err := cmd.StdinPipe()
	check(t, err)
	out, err := cmd.StdoutPipe()
	check(t, err)
	check(t, cmd.Start())
	h.in, h.says = in, bufio.NewScanner(out)
	h.says.Buffer(nil, 16<<20)
	t.Cleanup(func() {
		_ = in.Close() // that is the end of the script
		if err := cmd.Wait(); err != nil {
			t.Errorf("hands.mjs: %v\n%s", err, h.said)
		}
	})
	return h
}

// person is somebody at a browser of their own.
type person struct {
	t     *testing.T
	hands *hands
	name  string
	url   string // of the house
	now   page
}

// page is what somebody has before them.
type page struct{ URL, Text, File, Trouble string }

func (p *person) does(deed, what, how string) {
	p.t.Helper()
	line, err := json.Marshal(map[string]string{"who": p.t.Name() + p.name, "do": deed, "what": what, "how": how})
	check(p.t, err)
	_, err = p.hands.in.Write(append(line, '\n'))
	check(p.t, err)
	if !p.hands.says.Scan() {
		p.t.Fatalf("hands.mjs says no more: %v\n%s", p.hands.says.Err(), p.hands.said)
	}
	p.now = page{}
	check(p.t, json.Unmarshal(p.hands.says.Bytes(), &p.now))
	p.now.Text = strings.Join(strings.Fields(p.now.Text), " ")
	if p.now.Trouble != "" {
		p.t.Fatalf("%s: %s", p.name, p.now.Trouble)
	}
}

// opens goes to an address of the house, or to the whole address of a link.
func (p *person) opens(address string) *person {
	p.t.Helper()
	if !strings.Contains(address, "://") {
		address = p.url + address
	}
	p.does("opens", address, "")
	return p
}

// answers fills fields in: the name of each, and what is typed or chosen there.
func (p *person) answers(pairs ...string) *person {
	p.t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		p.does("answers", pairs[i], pairs[i+1])
	}
	return p
}

// presses a button or a link, and is on the next page.
func (p *person) presses(selector string) *person {
	p.t.Helper()
	p.does("presses", selector, "")
	return p
}

// reads fails when the page does not say something.
func (p *person) reads(texts ...string) *person {
	p.t.Helper()
	for _, text := range texts {
		if !strings.Contains(p.now.Text, text) {
			p.t.Fatalf("%s does not say %q to the %s but: %s", p.now.URL, text, p.name, p.now.Text)
		}
	}
	return p
}

// readsNothingOf fails when the page says something.
func (p *person) readsNothingOf(texts ...string) *person {
	p.t.Helper()
	for _, text := range texts {
		if strings.Contains(p.now.Text, text) {
			p.t.Errorf("%s says %q to the %s", p.now.URL, text, p.name)
		}
	}
	return p
}

// prints presses a button that gives a PDF, and gives what stands on paper.
func (p *person) prints(selector string) string {
	p.t.Helper()
	p.does("prints", selector, "")
	pdf, err := base64.StdEncoding.DecodeString(p.now.File)
	check(p.t, err)
	if !strings.HasPrefix(string(pdf), "%PDF-") {
		p.t.Fatalf("%s prints no PDF: %.80q", selector, pdf)
	}
	cmd := exec.CommandContext(p.t.Context(), "pdftotext", "-layout", "-", "-")
	cmd.Stdin = strings.NewReader(string(pdf))
	text, err := cmd.Output()
	check(p.t, err)
	return strings.Join(strings.Fields(string(text)), " ")
}
