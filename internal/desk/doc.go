// Package desk is the door for staff: pages that work without JavaScript.
//
// A page shows what the office's Look gives, a form posts one task. Whatever may be
// seen or done is decided by the law; the desk only asks. All routes stand in
// routes.go; one file per slice, with its templ file beside it.
package desk
