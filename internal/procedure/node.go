package procedure

import (
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// stringOf gives the text of a node that is text: plain, quoted, or a block.
func stringOf(node ast.Node) (string, bool) {
	switch n := node.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	}
	return "", false
}

// shown says in a few words what stands in the file.
func shown(node ast.Node) string {
	switch n := node.(type) {
	case *ast.MappingNode:
		return "a group of keys"
	case *ast.SequenceNode:
		return "a list"
	case *ast.NullNode:
		return "empty"
	case *ast.StringNode:
		return strconv.Quote(clipped(n.Value))
	case *ast.LiteralNode:
		return strconv.Quote(clipped(n.Value.Value))
	}
	return clipped(node.GetToken().Value)
}

// clipped keeps a message on one line.
func clipped(s string) string {
	const most = 40
	if letters := []rune(s); len(letters) > most {
		return string(letters[:most]) + "…"
	}
	return s
}

// legible gives the name of an unknown key as a message can show it.
func legible(name string) string {
	if codeShape.MatchString(name) {
		return name
	}
	return strconv.Quote(clipped(name))
}

// alternatives gives "a, b or c".
func alternatives(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

func has(words []string, word string) bool { return slices.Contains(words, word) }
