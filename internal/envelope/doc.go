// Package envelope opens an e-mail: headers, text, files. No network.
//
// It reads what mail programs, lists, scanners and attackers really send. Open never
// fails: what is broken is read as far as it goes and flagged. Limits are looked at
// before anything is parsed, in one pass over the bytes.
package envelope
