// Package mailroom judges incoming mail: what it seems to be, and why. It only
// suggests; a person decides, and nothing is lost because a word is missing.
package mailroom
