package envelope

import (
	"bytes"
	"encoding/binary"
)

// The EXIF tags that tell about a person (Exif 2.32, TIFF 6.0).
const (
	tagOrientation = 0x0112
	tagArtist      = 0x013b
	tagCopyright   = 0x8298
	tagGPS         = 0x8825
)

// exifTraces looks in the first directory of a photograph's EXIF: was it turned, does it
// name its maker, does it say where it was taken. It reads no more than that.
func exifTraces(content []byte) []string {
	tiff := content
	if bytes.HasPrefix(content, []byte("\xff\xd8")) {
		if tiff = exifSegment(content); tiff == nil {
			return nil
		}
	}
	if len(tiff) < 8 {
		return nil
	}
	var order binary.ByteOrder = binary.LittleEndian
	if bytes.HasPrefix(tiff, []byte("MM")) {
		order = binary.BigEndian
	}
	at := int(order.Uint32(tiff[4:]))
	if at < 8 || at+2 > len(tiff) {
		return nil
	}
	var found []string
	entries := int(order.Uint16(tiff[at:]))
	for i := range entries {
		e := at + 2 + 12*i
		if e+12 > len(tiff) {
			break
		}
		switch order.Uint16(tiff[e:]) {
		case tagOrientation:
			if order.Uint16(tiff[e+8:]) > 1 {
				found = append(found, FlagExifTurned)
			}
		case tagArtist, tagCopyright:
			found = append(found, FlagExifAuthor)
		case tagGPS:
			found = append(found, FlagExifGPS)
		}
	}
	return found
}

// exifSegment finds the APP1 segment of a JPEG that holds EXIF, and gives its TIFF part.
func exifSegment(jpeg []byte) []byte {
	for at := 2; at+4 <= len(jpeg) && jpeg[at] == 0xff && jpeg[at+1] != 0xda; {
		size := int(binary.BigEndian.Uint16(jpeg[at+2:]))
		end := min(at+2+size, len(jpeg))
		if size < 2 {
			return nil
		}
		if segment := jpeg[at+4 : max(end, at+4)]; jpeg[at+1] == 0xe1 && bytes.HasPrefix(segment, []byte("Exif\x00\x00")) {
			return segment[6:]
		}
		at += 2 + size
	}
	return nil
}
