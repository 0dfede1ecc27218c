package procedure

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"

	"gehoor/internal/calendar"
)

// reader takes values out of the tree and keeps every mistake it meets. After a
// mistake a value is its zero value and reading goes on.
type reader struct {
	mistakes Mistakes
	places   map[string]place // where each key stands
	wrong    map[string]bool  // keys with a mistake in or under them
}

// refuse notes a mistake and remembers which keys cannot be relied on.
func (r *reader) refuse(v value, what, want string) {
	r.mistakes = append(r.mistakes, Mistake{v.at.line, v.at.column, v.key, what, want})
	for key := v.key; key != ""; key = key[:max(0, strings.LastIndexAny(key, ".["))] {
		r.wrong[key] = true
	}
}

// given reports whether the file has the value; a needed one that is not there is a
// mistake.
func (r *reader) given(v value, want string) bool {
	_, empty := v.node.(*ast.NullNode)
	if v.node != nil && !empty {
		return true
	}
	if v.needed && empty {
		r.refuse(v, "is empty", want)
	} else if v.needed {
		r.refuse(v, "is missing", want)
	}
	return false
}

// section is a mapping of the file. An absent section has no values and no mistakes:
// one mistake was noted already.
type section struct {
	value
	absent bool
	values map[string]value
}

// section reads a mapping that may have these keys. An unknown key that looks like
// one of them is a mistake and is read as that key, so that what stands under it is
// checked in the same round.
func (r *reader) section(v value, keys ...string) section {
	s := section{value: v, absent: true, values: map[string]value{}}
	want := "write the keys " + strings.Join(keys, ", ")
	if !r.given(v, want) {
		return s
	}
	mapping, ok := v.node.(*ast.MappingNode)
	if !ok {
		r.refuse(v, "is "+shown(v.node), want)
		return s
	}
	s.absent = false
	for _, pair := range mapping.Values {
		name, at := pair.Key.GetToken().Value, placeOf(pair.Key.GetToken())
		if has(keys, name) {
			r.keep(s, s.child(name, at, pair.Value), name)
		}
	}
	for _, pair := range mapping.Values {
		name, at := pair.Key.GetToken().Value, placeOf(pair.Key.GetToken())
		if !has(keys, name) {
			r.refuseUnknown(s, s.child(legible(name), at, pair.Value), nearest(name, keys), keys)
		}
	}
	return s
}

// keep puts a value in its section, unless there is one by that name.
func (r *reader) keep(s section, v value, name string) {
	if first, twice := s.values[name]; twice {
		r.refuse(v, "is written twice", fmt.Sprintf("keep one; the other is on line %d", first.at.line))
		return
	}
	s.values[name] = v
	r.places[v.key] = v.at
}

func (r *reader) refuseUnknown(s section, v value, meant string, keys []string) {
	if meant == "" {
		r.refuse(v, "is not a key of a procedure", "here you can use "+strings.Join(keys, ", "))
		return
	}
	r.refuse(v, "is not a key of a procedure", "did you mean "+meant+"?")
	if _, there := s.values[meant]; !there {
		r.keep(s, s.child(meant, v.at, v.node), meant)
	}
}

// child makes a value under s.
func (s section) child(name string, at place, node ast.Node) value {
	key := name
	if s.key != "" {
		key = s.key + "." + name
	}
	return value{key: key, at: at, node: node}
}

// need gives the value of a key that must be there.
func (s section) need(name string) value {
	v := s.may(name)
	v.needed = !s.absent
	return v
}

// may gives the value of a key that can be left out.
func (s section) may(name string) value {
	if v, ok := s.values[name]; ok {
		return v
	}
	return s.child(name, s.at, nil)
}

// list gives the entries of a list. [] is an empty list.
func (r *reader) list(v value, want string) []value {
	if !r.given(v, want) {
		return nil
	}
	sequence, ok := v.node.(*ast.SequenceNode)
	if !ok {
		r.refuse(v, "is "+shown(v.node), want)
		return nil
	}
	entries := make([]value, len(sequence.Values))
	for i, node := range sequence.Values {
		entries[i] = value{key: fmt.Sprintf("%s[%d]", v.key, i+1), at: v.at, node: node, needed: true}
		if start := firstToken(node); start.line > 0 {
			entries[i].at = start
		}
		r.places[entries[i].key] = entries[i].at
	}
	return entries
}

// firstToken gives the place where a node starts. A mapping's own token is its first
// colon, so its first key is asked.
func firstToken(node ast.Node) place {
	if m, ok := node.(*ast.MappingNode); ok && len(m.Values) > 0 && !m.IsFlowStyle {
		return placeOf(m.Values[0].Key.GetToken())
	}
	if node == nil {
		return place{}
	}
	return placeOf(node.GetToken())
}

// text reads one line of at most most letters.
func (r *reader) text(v value, most int) string {
	want := fmt.Sprintf("write text on one line, at most %d letters", most)
	if !r.given(v, want) {
		return ""
	}
	s, ok := stringOf(v.node)
	if !ok {
		r.refuse(v, "is "+shown(v.node), want+", between quotes")
		return ""
	}
	switch s = strings.TrimSpace(s); {
	case s == "" && v.needed:
		r.refuse(v, "is empty", want)
	case utf8.RuneCountInString(s) > most:
		r.refuse(v, fmt.Sprintf("has %d letters", utf8.RuneCountInString(s)), want)
	case !utf8.ValidString(s) || strings.ContainsFunc(s, unprintable):
		r.refuse(v, "has a line break or another character that cannot be seen", want)
	default:
		return s
	}
	return ""
}

// unprintable finds control characters and the format characters that can turn or
// hide text.
func unprintable(letter rune) bool {
	return unicode.In(letter, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) || letter == utf8.RuneError
}

// pattern reads text of a fixed shape; want says which.
func (r *reader) pattern(v value, shape *regexp.Regexp, want string) string {
	if !r.given(v, want) {
		return ""
	}
	s, ok := stringOf(v.node)
	if !ok || !shape.MatchString(s) {
		r.refuse(v, "is "+shown(v.node), want)
		return ""
	}
	return s
}

// number reads a whole number from least to most.
func (r *reader) number(v value, least, most int) int {
	want := fmt.Sprintf("write a whole number from %d to %d", least, most)
	if !r.given(v, want) {
		return 0
	}
	if s, ok := stringOf(v.node); ok {
		if _, err := strconv.Atoi(s); err == nil {
			want += ", without quotes"
		}
		r.refuse(v, "is "+shown(v.node), want)
		return 0
	}
	// 014, 0x10 and 1_000 are numbers to YAML, but which one is anybody's guess.
	n, err := strconv.Atoi(v.node.GetToken().Value)
	if _, ok := v.node.(*ast.IntegerNode); !ok || err != nil || strconv.Itoa(n) != v.node.GetToken().Value || n < least || n > most {
		r.refuse(v, "is "+shown(v.node), want)
		return 0
	}
	return n
}

// flag reads true or false.
func (r *reader) flag(v value) bool {
	const want = "write true or false"
	if !r.given(v, want) {
		return false
	}
	b, ok := v.node.(*ast.BoolNode)
	if !ok || b.Token.Value != "true" && b.Token.Value != "false" {
		r.refuse(v, "is "+shown(v.node), want)
		return false
	}
	return b.Value
}

// date reads a day that is written as 2026-11-22.
func (r *reader) date(v value) calendar.Date {
	const want = "write a date like 2026-11-22"
	if !r.given(v, want) {
		return calendar.Date{}
	}
	s, _ := stringOf(v.node)
	d, err := calendar.Parse(s)
	if err != nil || d.IsZero() {
		r.refuse(v, "is "+shown(v.node), want)
	}
	return d
}

// oneOf reads one of codes.
func oneOf[T ~string](r *reader, v value, codes ...T) (none T) {
	words := make([]string, len(codes))
	for i, c := range codes {
		words[i] = string(c)
	}
	want := "write " + alternatives(words)
	if !r.given(v, want) {
		return none
	}
	s, ok := stringOf(v.node)
	if ok && has(words, s) {
		return T(s)
	}
	if meant := nearest(s, words); meant != "" && len(words) > 1 {
		want += "; did you mean " + meant + "?"
	}
	r.refuse(v, "is "+shown(v.node), want)
	return none
}
