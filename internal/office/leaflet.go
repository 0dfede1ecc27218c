package office

import "gehoor/internal/record"

// PrintLeaflet prints what everybody may read: the procedure on one sheet. It is about no
// dossier, so that nobody has to be allowed and nothing is noted.
func (o *Office) PrintLeaflet(d record.Document) ([]byte, error) {
	pdf, err := o.Press.Leaflet(d)
	wrap(&err, "office: leaflet")
	return pdf, err
}
