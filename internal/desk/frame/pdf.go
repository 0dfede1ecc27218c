package frame

import (
	"mime"
	"net/http"
	"strconv"
	"strings"
)

// pdfPolicy lets the browser's own viewer show a PDF of ours, and nothing else.
const pdfPolicy = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"

// FileName makes a file's name of words, without its ending.
func FileName(words ...string) string {
	return strings.Join(strings.Fields(strings.ToLower(strings.Join(words, " "))), "-")
}

// GivePDF hands a PDF over to be looked at and printed.
func GivePDF(w http.ResponseWriter, name string, pdf []byte) {
	h := w.Header()
	h.Set("Content-Type", "application/pdf")
	h.Set("Content-Length", strconv.Itoa(len(pdf)))
	h.Set("Content-Disposition", mime.FormatMediaType("inline", map[string]string{"filename": name}))
	h.Set("Content-Security-Policy", pdfPolicy)
	_, _ = w.Write(pdf) // a visitor who left is no failure
}
