package frame

import (
	"net/url"

	"gehoor/internal/porch"
)

// Route is one address of the desk.
type Route = porch.Route

// The addresses of the desk's own pages.
const (
	WorkPath        = "/werk"
	RegisterPath    = "/register"
	IntakePath      = "/klachten/nieuw"
	AccountPath     = "/account"
	LogOutPath      = "/uitloggen"
	PostPath        = "/postkamer"
	PhonePath       = "/telefoon"
	MailPath        = PostPath + "/binnen"
	ManagePath      = "/beheer"
	LogPath         = "/logboek"
	SheetPath       = ManagePath + "/herstelblad"
	ProposalsPath   = "/voorstellen"
	ClearPath       = "/noemen-ongedaan"
	GrantsPath      = "/wie-mag-wat"
	OwnNoticesPath  = AccountPath + "/mail"
	OwnAbsencePath  = AccountPath + "/afwezig"
	OwnSessionsPath = AccountPath + "/apparaten"
	OwnFactorPath   = AccountPath + "/code"
	ClosedPath      = "/sluitingsdagen" // shows everybody the closing days, with what falls due in them
)

// DossierPath is the page of a dossier.
func DossierPath(id string) string { return "/klachten/" + id }

// CallsField says in an address that somebody is at the telephone about the dossier.
const CallsField = "belt"

// TellPath leads to what may be said about a dossier to who is at the telephone.
func TellPath(id string) string {
	return Address(DossierPath(id), CallsField, "ja") + "#aan-de-telefoon"
}

// Address puts a query behind a path; empty values are left out.
func Address(path string, query ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(query); i += 2 {
		if query[i+1] != "" {
			q.Set(query[i], query[i+1])
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}
