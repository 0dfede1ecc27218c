package vault

// What a visitor of the counter carries along, or has kept, before there is a dossier. It
// has no dossier's key, so it is sealed under one of its own, derived from the root.
const (
	// TypedForm is what was typed so far: it travels in the page.
	TypedForm = "typed form"
	// KeptForm is the same, in the register, for somebody who goes on later.
	KeptForm = "kept form"
	// HandedForm is what the page after sending shows: it travels in a cookie.
	HandedForm = "handed form"
)

// SealVisitor seals what belongs to a visitor. rec says to what it belongs.
func (v *Vault) SealVisitor(purpose, rec string, plain []byte) ([]byte, error) {
	return seal(v.visitor, 0, purpose, "", rec, plain)
}

// OpenVisitor opens what SealVisitor sealed; ErrSealed for anything else.
func (v *Vault) OpenVisitor(purpose, rec string, sealed []byte) ([]byte, error) {
	return open(v.visitor, purpose, "", rec, sealed)
}
