// Command summary reads the output of "go test -json" and tells it to a
// person: a line per package, the whole output of what failed, each skipped
// test with its reason, and at the very end "N passed, N failed, N skipped".
// It exits with 1 when something failed or when no test ran.
//
// Its arguments name checks that failed before the tests ran; they count as
// failed. A test with subtests counts as its subtests.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

func main() {
	if !summarise(os.Stdin, os.Stdout, os.Args[1:]) {
		os.Exit(1)
	}
}

// event is what "go doc test2json" describes.
type event struct {
	Action     string
	Package    string
	ImportPath string
	Test       string
	Output     string
	Elapsed    float64
}

// result is the state of one test: its action is empty while it runs.
type result struct {
	action string
	output strings.Builder
}

// suite is the state of one package.
type suite struct {
	tests map[string]*result
	order []string
	own   strings.Builder // output of the package itself
}

func (s *suite) test(name string) *result {
	if s.tests[name] == nil {
		s.tests[name] = &result{}
		s.order = append(s.order, name)
	}
	return s.tests[name]
}

type count struct{ passed, failed, skipped int }

func summarise(in io.Reader, out io.Writer, failedChecks []string) (ok bool) {
	var (
		total   count
		failed  = slices.Clone(failedChecks)
		skipped []string
		suites  = map[string]*suite{}
		reader  = bufio.NewReader(in)
	)
	for {
		line, err := reader.ReadBytes('\n')
		if len(line) > 0 {
			var e event
			if json.Unmarshal(line, &e) != nil {
				out.Write(line) // not from the test runner: worth seeing
			} else if e.Action == "build-output" {
				io.WriteString(out, e.Output)
			} else if e.Package != "" {
				if suites[e.Package] == nil {
					suites[e.Package] = &suite{tests: map[string]*result{}}
				}
				s := suites[e.Package]
				if e.Test != "" || !ended(e.Action) {
					note(s, e, out)
				} else {
					some, failures, skips := finish(s, e, out)
					total.passed += some.passed
					failed = append(failed, failures...)
					skipped = append(skipped, skips...)
					delete(suites, e.Package)
				}
			}
		}
		if err != nil {
			break
		}
	}
	for name, s := range suites { // the runner died
		_, failures, _ := finish(s, event{Action: "fail", Package: name}, out)
		failed = append(failed, failures...)
	}

	tell(out, "Skipped:", skipped)
	tell(out, "Failed:", failed)
	total.failed, total.skipped = len(failed), len(skipped)
	if total.passed+total.failed == 0 {
		fmt.Fprintln(out, "\nNo test ran.")
	}
	fmt.Fprintf(out, "\n%d passed, %d failed, %d skipped\n", total.passed, total.failed, total.skipped)
	return total.failed == 0 && total.passed > 0
}

// note keeps what a running test says, and shows it as soon as the test failed.
func note(s *suite, e event, out io.Writer) {
	if e.Test == "" {
		s.own.WriteString(e.Output)
		return
	}
	t := s.test(e.Test)
	if e.Action == "output" && !strings.HasPrefix(e.Output, "=== ") {
		t.output.WriteString(e.Output)
	}
	if ended(e.Action) {
		t.action = e.Action
		if e.Action == "fail" {
			fmt.Fprintf(out, "\n%s %s\n%s", e.Package, e.Test, t.output.String())
		}
		if e.Action != "skip" { // a skipped test's reason is asked for later
			t.output.Reset()
		}
	}
}

// finish tells the line of a package that ended, and what it counts.
func finish(s *suite, e event, out io.Writer) (some count, failed, skipped []string) {
	for _, name := range s.order {
		t := s.tests[name]
		below := s.below(name)
		switch {
		case t.action == "fail" && !slices.Contains(below, "fail"):
			failed = append(failed, e.Package+" "+name)
		case t.action == "pass" && len(below) == 0:
			some.passed++
		case t.action == "skip" && len(below) == 0:
			skipped = append(skipped, e.Package+" "+name+": "+reason(t.output.String()))
		case t.action == "" && t.output.Len() > 0: // cut off by a panic or the time limit
			fmt.Fprintf(out, "\n%s %s did not end\n%s", e.Package, name, t.output.String())
		}
	}
	if e.Action == "fail" {
		if len(failed) == 0 { // it did not build, panicked or exited
			failed = append(failed, e.Package)
		}
		io.WriteString(out, s.own.String())
	}
	if e.Action == "fail" || len(s.order) > 0 {
		fmt.Fprintf(out, "%-4s  %-36s %7.2fs  %d passed, %d failed, %d skipped\n", e.Action, e.Package,
			e.Elapsed, some.passed, len(failed), len(skipped))
	}
	return some, failed, skipped
}

// below gives the results of a test's subtests.
func (s *suite) below(name string) (actions []string) {
	for other, t := range s.tests {
		if strings.HasPrefix(other, name+"/") {
			actions = append(actions, t.action)
		}
	}
	return actions
}

func ended(action string) bool {
	return action == "pass" || action == "fail" || action == "skip"
}

// reason leaves only what a skipped test said itself.
func reason(output string) string {
	var said []string
	for line := range strings.Lines(output) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "--- ") {
			said = append(said, line)
		}
	}
	if len(said) == 0 {
		return "it gave no reason"
	}
	return strings.Join(said, " ")
}

func tell(out io.Writer, title string, lines []string) {
	if len(lines) > 0 {
		fmt.Fprintf(out, "\n%s\n  %s\n", title, strings.Join(lines, "\n  "))
	}
}
