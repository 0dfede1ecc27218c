// Package entry is how one comes in: logging in, the first set-up, and one's own account.
package entry
