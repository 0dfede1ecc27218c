package page

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"
)

// AssetPath is where Assets must be mounted.
const AssetPath = "/static/"

// The stylesheet is one file for the browser and five for people, one per group
// of layers. The counter has one of its own, without what only staff see: a first
// visit stays small.
//
//go:embed static style
var files embed.FS

// asset is one embedded file with the address that names its content.
type asset struct {
	body []byte
	hash string
}

// The stylesheets: of every page, and of the counter.
const (
	wholeSheet   = "gehoor.css"
	CounterSheet = "loket.css"
	staffStyle   = "4-staff.css"
)

// assets is read once from the program itself and never changes.
var assets = readAssets()

func readAssets() map[string]asset {
	read := map[string]asset{
		wholeSheet:   newAsset(bytes.Join(readFolder("style"), []byte("\n"))),
		CounterSheet: newAsset(bytes.Join(readFolder("style", staffStyle), []byte("\n"))),
	}
	bodies := readFolder("static")
	for i, name := range fileNames("static") {
		read[name] = newAsset(bodies[i])
	}
	return read
}

func newAsset(body []byte) asset {
	sum := sha256.Sum256(body)
	return asset{body: body, hash: hex.EncodeToString(sum[:6])}
}

// readFolder gives the embedded files of a folder, in order of name, but for some.
func readFolder(folder string, without ...string) [][]byte {
	var bodies [][]byte
	for _, name := range fileNames(folder) {
		if slices.Contains(without, name) {
			continue
		}
		body, err := files.ReadFile(folder + "/" + name)
		if err != nil {
			panic(err) // the program was built without its looks
		}
		bodies = append(bodies, body)
	}
	return bodies
}

func fileNames(folder string) []string {
	entries, err := files.ReadDir(folder)
	if err != nil {
		panic(err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

// Asset gives the address of a static file, with its content in the name:
// Asset("gehoor.css") is "/static/gehoor.0a1b2c3d4e5f.css". It panics on a file
// that does not exist, because that is a slip in the program.
func Asset(name string) string {
	a, ok := assets[name]
	if !ok {
		panic("page: no static file " + name)
	}
	ext := path.Ext(name)
	return AssetPath + strings.TrimSuffix(name, ext) + "." + a.hash + ext
}

// Assets serves the static files under AssetPath.
func Assets() http.Handler { return http.HandlerFunc(serveAsset) }

// serveAsset gives a file for a year when the address names its content. A page
// from before an upgrade may still ask for the old name: it gets the file of
// today, and may not keep it.
func serveAsset(w http.ResponseWriter, r *http.Request) {
	name, hash := splitAsset(path.Base(r.URL.Path))
	a, ok := assets[name]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", contentType(name))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("ETag", `"`+a.hash+`"`)
	h.Set("Cache-Control", "no-cache")
	if hash == a.hash {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(a.body))
}

// splitAsset takes the hash out of "gehoor.0a1b2c3d4e5f.css".
func splitAsset(base string) (name, hash string) {
	ext := path.Ext(base)
	stem := strings.TrimSuffix(base, ext)
	if dot := strings.LastIndexByte(stem, '.'); dot >= 0 {
		return stem[:dot] + ext, stem[dot+1:]
	}
	return base, ""
}

// contentType does not trust the machine's own list of types.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	}
	return mime.TypeByExtension(path.Ext(name))
}
