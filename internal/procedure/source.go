package procedure

import (
	"bytes"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// The limits of a procedure file. The shipped ones have some 9 KiB and 550 tokens.
const (
	maxBytes   = 256 << 10
	maxTokens  = 10_000 // the YAML parser's work grows with the square of this
	maxNesting = 8      // of [ and {; the YAML parser calls itself for each
)

// parse turns text into a tree, or says why it is no plain YAML. It stops at the
// first kind of trouble: a parser that met a tab or a broken letter tells tales.
func parse(text []byte) (value, Mistakes) {
	if len(text) > maxBytes {
		return value{}, Mistakes{{What: fmt.Sprintf("the file has %d bytes", len(text)), Want: fmt.Sprintf("a procedure has at most %d", maxBytes)}}
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff")) // Windows editors write this mark
	if m := checkLetters(text); len(m) > 0 {
		return value{}, m
	}
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")) // the lexer loses count of lines
	tokens := lexer.Tokenize(string(text))
	if m := checkTokens(tokens); len(m) > 0 {
		return value{}, m
	}
	// The reader itself finds double keys: all of them, not only the first.
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		return value{}, Mistakes{syntaxMistake(err)}
	}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		return value{}, Mistakes{{What: "the file is empty", Want: "start from a shipped procedure"}}
	}
	root := value{node: file.Docs[0].Body, at: place{1, 1}}
	if _, ok := root.node.(*ast.MappingNode); !ok {
		return value{}, Mistakes{{Line: 1, Column: 1, What: "the file is " + shown(root.node), Want: "a procedure is made of keys, like term:"}}
	}
	return root, nil
}

// checkLetters names, once a line, what no procedure file needs: broken UTF-8, tabs
// and other control characters.
func checkLetters(text []byte) (m Mistakes) {
	line := 0
	for row := range bytes.Lines(text) {
		line++
		row = bytes.TrimSuffix(bytes.TrimSuffix(row, []byte("\n")), []byte("\r"))
		for column := 1; len(row) > 0; column++ {
			letter, size := utf8.DecodeRune(row)
			if what, want := strange(letter, size); what != "" {
				m = append(m, Mistake{Line: line, Column: column, What: what, Want: want})
				break
			}
			row = row[size:]
		}
	}
	return m
}

func strange(letter rune, size int) (what, want string) {
	switch {
	case letter == utf8.RuneError && size == 1:
		return "this line has a letter that is not UTF-8", "save the file as UTF-8"
	case letter == '\t':
		return "this line has a tab", "use spaces"
	case letter < ' ' || letter == 0x7f || letter == '\ufeff':
		return fmt.Sprintf("this line has the control character %U", letter), "take it out"
	}
	return "", ""
}

// foreign are the parts of YAML that can make a file mean something else than it
// shows, and what to do instead.
var foreign = map[token.Type][2]string{
	token.AnchorType:      {"this line has an anchor (&)", "write the value out, or put text between quotes"},
	token.AliasType:       {"this line has an alias (*)", "write the value out, or put text between quotes"},
	token.TagType:         {"this line has a tag (!)", "leave it out, or put text between quotes"},
	token.MergeKeyType:    {"this line has a merge key (<<)", "write the keys out"},
	token.MappingKeyType:  {"this line has a key after a question mark", "write key: value, or put text between quotes"},
	token.DocumentEndType: {"here the document ends (...)", "one file is one procedure: leave this out"},
}

// checkTokens names what is more than plain YAML. It comes before parsing, because
// such things make the parser's work hard to bound.
func checkTokens(tokens token.Tokens) (m Mistakes) {
	if len(tokens) > maxTokens {
		return Mistakes{{What: fmt.Sprintf("the file has %d words and signs", len(tokens)), Want: fmt.Sprintf("a procedure has at most %d", maxTokens)}}
	}
	depth, started := 0, false
	for _, t := range tokens {
		switch t.Type {
		case token.CommentType:
			continue
		case token.DirectiveType:
			m = append(m, mistakeAt(t, "this line has a directive (%)", "leave it out, or put text between quotes"))
			return m // the --- that must follow is no second document
		case token.MappingStartType, token.SequenceStartType:
			if depth++; depth == maxNesting+1 {
				m = append(m, mistakeAt(t, "here brackets stand too deep in brackets", "write one key or entry a line"))
			}
		case token.MappingEndType, token.SequenceEndType:
			depth--
		case token.SequenceEntryType:
			if n := t.Next; n != nil && n.Type == token.SequenceEntryType && n.Position.Line == t.Position.Line {
				m = append(m, mistakeAt(t, "this line has a list in a list", "write one dash"))
			}
		case token.DocumentHeaderType:
			if started {
				m = append(m, mistakeAt(t, "here a second document starts (---)", "one file is one procedure: leave this out"))
			}
		}
		if says, ok := foreign[t.Type]; ok {
			m = append(m, mistakeAt(t, says[0], says[1]))
		}
		started = true
	}
	return m
}

func mistakeAt(t *token.Token, what, want string) Mistake {
	at := placeOf(t)
	return Mistake{Line: at.line, Column: at.column, What: what, Want: want}
}

// syntaxMistake gives the YAML parser's complaint. It has only the first.
func syntaxMistake(err error) Mistake {
	const want = "look at the spaces at the start of the line, the colons and the quotes"
	var at yaml.Error
	if errors.As(err, &at) {
		return mistakeAt(at.GetToken(), "this is not YAML ("+at.GetMessage()+")", want)
	}
	return Mistake{What: "this is not YAML (" + err.Error() + ")", Want: want}
}

// place is where something stands in the file.
type place struct{ line, column int }

func placeOf(t *token.Token) place {
	if t == nil || t.Position == nil {
		return place{}
	}
	return place{t.Position.Line, t.Position.Column}
}

// value is what stands behind a key, or as an entry of a list.
type value struct {
	key    string // the whole path: "term.n"
	at     place
	node   ast.Node // nil when the file does not have it
	needed bool     // a missing value is a mistake
}
