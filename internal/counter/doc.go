// Package counter is the door for people outside: they read the procedure, confirm,
// follow and complain here. No page needs a script, a cookie before it is wanted, or
// anything from elsewhere.
package counter
