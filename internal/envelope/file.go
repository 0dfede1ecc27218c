package envelope

import (
	"archive/zip"
	"bytes"
	"io"
	"mime"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/jhillyerd/enmime/v2"

	"gehoor/internal/record"
)

// The flags of files.
const (
	FlagBidiName   = "bidi_filename"
	FlagPathName   = "path_traversal_filename"
	FlagSameNames  = "duplicate_filenames"
	FlagMismatch   = "declared_type_mismatch"
	FlagTNEF       = "tnef"         // winmail.dat: only Outlook can read it
	FlagSealedMail = "smime_opaque" // signed or encrypted as a whole: ask the sender
	FlagCalendar   = "calendar_part"
	FlagInnerMail  = "attached_message"
	FlagExifGPS    = "exif_gps"
	FlagExifAuthor = "exif_author"
	FlagExifTurned = "exif_orientation"
	FlagMetadata   = "doc_metadata"
	FlagLarge      = "large_attachment"
)

// largeFile is from which size a file is called large, in bytes.
const largeFile = 2_000_000

// file keeps a part as a file.
func (b *bodyOf) file(p *enmime.Part) {
	declared := p.ContentType
	actual := sniff(p.Content, p.FileName, declared)
	given := decodeName(p.FileName)
	name := fileName(given)
	if name == "" {
		name = nameless(p, actual)
	}
	kept := distinct(name, b.taken)
	b.flag(kept != name, FlagSameNames)
	b.flag(strings.ContainsFunc(given, isDirection), FlagBidiName)
	b.flag(strings.ContainsAny(given, "/\\\x00"), FlagPathName)
	b.flag(differs(declared, actual), FlagMismatch)
	b.flag(declared == "application/ms-tnef" || strings.EqualFold(name, "winmail.dat"), FlagTNEF)
	b.flag(strings.HasSuffix(declared, "pkcs7-mime") || declared == "multipart/encrypted", FlagSealedMail)
	b.flag(actual == "text/calendar", FlagCalendar)
	b.flag(actual == "message/rfc822", FlagInnerMail)
	b.flag(len(p.Content) >= largeFile, FlagLarge)
	for _, f := range traces(p.Content, actual) {
		b.flag(true, f)
	}
	b.mail.Parts = append(b.mail.Parts, record.MailPart{Name: kept, Type: actual, Declared: declared, Content: p.Content})
}

// decodeName decodes encoded words in a name; the RFC 2231 forms were decoded already.
func decodeName(s string) string {
	text, _ := decodeWords(s)
	return text
}

// nameless makes a name for a file that has none.
func nameless(p *enmime.Part, actual string) string {
	if actual == "message/rfc822" {
		h, _, _ := readHeader(p.Content[:measure(p.Content).header])
		subject, _ := decodeWords(h.get("subject"))
		if name := fileName(oneLine(subject)); name != "" {
			return name + ".eml"
		}
		return "bericht.eml"
	}
	ext := ".bin"
	if known, err := mime.ExtensionsByType(actual); err == nil && len(known) > 0 {
		ext = known[len(known)-1]
	}
	switch actual {
	case "text/plain":
		ext = ".txt"
	case "image/jpeg":
		ext = ".jpg"
	case "text/calendar":
		ext = ".ics"
	case "text/html":
		ext = ".html"
	}
	return "bijlage" + ext
}

// sniff tells a file's type by its content. What the sender says decides only between
// kinds of text and of unknown bytes, and never makes something of it that a browser
// would run.
func sniff(content []byte, name, declared string) string {
	actual, _, _ := strings.Cut(http.DetectContentType(content), ";")
	ext := strings.ToLower(path.Ext(name))
	head := content[:min(len(content), 1024)]
	switch {
	case len(content) == 0:
		return "application/x-empty"
	case declared == "message/rfc822" || declared == "message/global":
		return "message/rfc822"
	case actual == "application/zip":
		return officeType(content)
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return "application/x-ole-storage" // Word, Excel, PowerPoint of old
	case bytes.HasPrefix(head, []byte("MZ")):
		return "application/vnd.microsoft.portable-executable"
	case bytes.HasPrefix(head, []byte("\x78\x9f\x3e\x22")):
		return "application/ms-tnef"
	case bytes.HasPrefix(head, []byte("{\\rtf")):
		return "application/rtf"
	case len(head) > 12 && string(head[4:8]) == "ftyp" && strings.Contains("heic heix mif1 msf1", string(head[8:12])):
		return "image/heic"
	case bytes.HasPrefix(head, []byte("II*\x00")) || bytes.HasPrefix(head, []byte("MM\x00*")):
		return "image/tiff"
	case actual == "text/plain" && bytes.HasPrefix(bytes.ToUpper(bytes.TrimSpace(head)), []byte("BEGIN:VCALENDAR")):
		return "text/calendar"
	case actual == "text/plain" && bytes.HasPrefix(bytes.ToUpper(bytes.TrimSpace(head)), []byte("BEGIN:VCARD")):
		return "text/vcard"
	case actual == "text/plain" && (declared == "text/csv" || ext == ".csv"):
		return "text/csv"
	case actual == "text/xml" && bytes.Contains(head, []byte("<svg")), actual == "text/plain" && bytes.Contains(head, []byte("<svg")):
		return "image/svg+xml"
	case actual == "application/octet-stream" && strings.HasPrefix(declared, "application/pgp-"), actual == "application/octet-stream" && strings.Contains(declared, "pkcs7"):
		return declared
	case actual == "text/plain" && slices.Contains(plainByName, declared):
		return declared
	}
	return actual
}

// plainByName are types whose content is lines of text (RFC 3156, 3464, 3462, 6533).
var plainByName = []string{"application/pgp-signature", "message/delivery-status", "message/disposition-notification",
	"message/rfc822-headers", "text/rfc822-headers", "message/global-headers", "message/global-delivery-status"}

// officeType looks into a ZIP for what kind of document it is.
func officeType(content []byte) string {
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return "application/zip"
	}
	for _, f := range z.File {
		switch {
		case f.Name == "mimetype" && f.UncompressedSize64 < 200: // OpenDocument, EPUB
			if text := unzip(f, 200); strings.HasPrefix(text, "application/") {
				return strings.TrimSpace(text)
			}
		case strings.HasPrefix(f.Name, "word/"):
			return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
		case strings.HasPrefix(f.Name, "xl/"):
			return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
		case strings.HasPrefix(f.Name, "ppt/"):
			return "application/vnd.openxmlformats-officedocument.presentationml.presentation"
		}
	}
	return "application/zip"
}

// unzip reads a small file of an archive, at most limit bytes.
func unzip(f *zip.File, limit int64) string {
	r, err := f.Open()
	if err != nil {
		return ""
	}
	defer r.Close()
	text, err := io.ReadAll(io.LimitReader(r, limit))
	if err != nil {
		return ""
	}
	return string(text)
}

// differs reports whether the sender calls a file something that it is not. Kinds of
// text, and "just bytes" for text, are no lies.
func differs(declared, actual string) bool {
	if declared == "" || declared == actual || actual == "application/x-empty" {
		return false
	}
	a, b := main(declared), main(actual)
	if a == "text" && b == "text" {
		return actual == "text/html"
	}
	if actual == "application/octet-stream" || actual == "application/zip" || actual == "application/x-ole-storage" {
		return false // we do not know it better
	}
	aliases := map[string]string{"image/jpg": "image/jpeg", "image/pjpeg": "image/jpeg", "application/x-pdf": "application/pdf", "text/rtf": "application/rtf",
		"application/xml": "text/xml", "application/x-zip-compressed": "application/zip", "application/ics": "text/calendar"}
	return aliases[declared] != actual
}

func main(mediaType string) string {
	m, _, _ := strings.Cut(mediaType, "/")
	return m
}

// author finds who wrote a document, in its properties.
var author = regexp.MustCompile(`<(?:dc:creator|cp:lastModifiedBy|meta:initial-creator)>[^<]*\S[^<]*<`)

// traces tells what a file says about who made it, where.
func traces(content []byte, actual string) []string {
	switch {
	case actual == "image/jpeg" || actual == "image/tiff":
		return exifTraces(content)
	case actual == "application/pdf":
		if pdfAuthor.Match(content) || bytes.Contains(content, []byte("<dc:creator>")) {
			return []string{FlagMetadata}
		}
	case strings.Contains(actual, "officedocument") || strings.Contains(actual, "opendocument"):
		z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			return nil
		}
		for _, f := range z.File {
			if (f.Name == "docProps/core.xml" || f.Name == "meta.xml") && author.MatchString(unzip(f, 1<<20)) {
				return []string{FlagMetadata}
			}
		}
	case actual == "application/x-ole-storage":
		return []string{FlagMetadata} // these always carry their properties
	}
	return nil
}

var pdfAuthor = regexp.MustCompile(`/(?:Author|Creator|Producer|Company|Title)\s*[(<]\s*[^)>\s]`)
