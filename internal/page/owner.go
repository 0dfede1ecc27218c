package page

import "context"

// OwnerField says to whom a form was shown. What was typed goes back to nobody else: a
// form that is kept when a session ends may be about the one who logs in next.
const OwnerField = "van"

type ownerKey struct{}

// ForOwner marks what is drawn as shown to somebody, by id: every form in it carries
// that.
func ForOwner(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, ownerKey{}, id)
}

// owner gives the field that every form of the page carries, or none.
func owner(ctx context.Context) []Hidden {
	id, _ := ctx.Value(ownerKey{}).(string)
	if id == "" {
		return nil
	}
	return []Hidden{{Name: OwnerField, Value: id}}
}
