package record

// The purposes of sealing; they are part of the associated data, so they are never
// renamed. The first four are sealed under a dossier's content key, the others under
// its identity key.
const (
	EventTexts  = "event texts"
	TitleText   = "title"
	LogRemark   = "log remark"
	DraftText   = "draft"
	IdentityRec = "identity record"
	LetterFacts = "letter facts"
	LetterFinal = "letter final"
	FileName    = "file name"
	FileChunk   = "file chunk"
	IntakeText  = "intake draft"
	CardText    = "quick card"
	MailParcel  = "message"
	MailReply   = "message reply"
	MailNote    = "incoming mail"
	NoticeText  = "notice"
)

// For gives the wrapped key under which a purpose is sealed.
func (k Keys) For(purpose string) []byte {
	switch purpose {
	case EventTexts, TitleText, LogRemark, DraftText:
		return k.Content
	}
	return k.Identity
}
