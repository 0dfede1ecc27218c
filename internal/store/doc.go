// Package store keeps the register, in SQLite or PostgreSQL. Never sees plaintext.
//
// One set of SQL serves both databases; what differs stands in dialect.go. Every
// task is one Write: its events, the dossier row they lead to, the letters they
// cause and the log line, in one transaction. On SQLite, those that come together share
// its commit (share.go).
package store
