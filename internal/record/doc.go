// Package record is what is written down beside the course: rows, filters, staff,
// messages, log lines.
//
// Its types pass between the task rooms and the cupboards. They hold no rules and no
// plaintext of a complaint but the Identity, which exists only in memory.
package record
