package office

import (
	"context"

	"gehoor/internal/record"
)

// PrintLeaflet prints what everybody may read: the procedure on one sheet. It is about no
// dossier, so that nobody has to be allowed and nothing is noted.
func (o *Office) PrintLeaflet(ctx context.Context, org record.Organisation, d record.Document) (pdf []byte, err error) {
	defer wrap(&err, "office: leaflet")
	if d.Look, err = o.look(ctx, org); err != nil {
		return nil, err
	}
	return o.Press.Leaflet(d)
}
