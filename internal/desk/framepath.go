package desk

import (
	"net/url"

	"gehoor/internal/porch"
)

// address puts a query behind a path; empty values are left out.
func address(path string, query ...string) string {
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

// The addresses of the desk's own pages.
const (
	workPath        = "/werk"
	registerPath    = "/register"
	intakePath      = "/klachten/nieuw"
	accountPath     = "/account"
	logOutPath      = "/uitloggen"
	postPath        = "/postkamer"
	managePath      = "/beheer"
	proposalsPath   = "/voorstellen"
	grantsPath      = "/wie-mag-wat"
	ownAbsencePath  = accountPath + "/afwezig"
	ownSessionsPath = accountPath + "/apparaten"
	ownFactorPath   = accountPath + "/code"
	closedPath      = "/sluitingsdagen" // shows everybody the closing days, with what falls due in them
)

// dossierPath is the page of a dossier.
func dossierPath(id string) string { return "/klachten/" + id }

// Route is one address of the desk. Handlers get a request of somebody who is logged
// in, unless the route is Open.
type Route struct {
	Pattern string
	Handler porch.Handler
	Open    bool
}
