package record

// The purposes of sealing; they are part of the associated data, so they are never
// renamed. The first three are sealed under a dossier's content key, the others under
// its identity key.
const (
	EventTexts  = "event texts"
	TitleText   = "title"
	LogRemark   = "log remark"
	IdentityRec = "identity record"
	LetterFacts = "letter facts"
	LetterFinal = "letter final"
	FileName    = "file name"
	FileChunk   = "file chunk"
)

// For gives the wrapped key under which a purpose is sealed.
func (k Keys) For(purpose string) []byte {
	switch purpose {
	case EventTexts, TitleText, LogRemark:
		return k.Content
	}
	return k.Identity
}
