// Package desk is the door for staff: pages that work without JavaScript.
//
// A page shows what the office's Look gives, a form posts one task. Whatever may be
// seen or done is decided by the law; the desk only asks.
//
// Desk itself has the list of all routes, the work list, the register and its export.
// The other pages stand in rooms of their own: entry, dossier, intake, phone, post and manage;
// what they share is frame. They import frame and never each other, which
// layers_test.go holds.
package desk
