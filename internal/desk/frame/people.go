package frame

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"gehoor/internal/complaint"
	"gehoor/internal/personnel"
	"gehoor/internal/porch"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

// People are the names that pages show in place of ids.
type People struct {
	Staff       map[complaint.Actor]personnel.Colleague
	Departments []record.Department
}

// People gives the names of today.
func (d *Rooms) People(r *http.Request) (p People, err error) {
	if p.Staff, err = d.Personnel.Colleagues(r.Context()); err != nil {
		return p, err
	}
	p.Departments, err = d.Personnel.Departments(r.Context())
	return p, err
}

// Name gives somebody's name, or "" for nobody.
func (p People) Name(id complaint.Actor) string { return p.Staff[id].Name }

// Department gives a department's name, or "" when there is none of that id (any more).
func (p People) Department(id string) string {
	i := slices.IndexFunc(p.Departments, func(d record.Department) bool { return d.ID == id })
	if i < 0 {
		return ""
	}
	return p.Departments[i].Name
}

// RoleList names roles in a sentence.
func RoleList(v *words.Voice, roles []complaint.Role) string {
	var names []string
	for _, r := range roles {
		names = append(names, v.Say("role."+string(r)))
	}
	return strings.Join(names, ", ")
}

// Active gives the accounts that are open, by name.
func (p People) Active() []complaint.Actor {
	var ids []complaint.Actor
	for id, c := range p.Staff {
		if c.Active {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b complaint.Actor) int { return strings.Compare(p.Name(a)+string(a), p.Name(b)+string(b)) })
	return ids
}

// Everyone gives all accounts by name, the closed ones too: they stand in old lines.
func (p People) Everyone() []complaint.Actor {
	return slices.SortedFunc(maps.Keys(p.Staff), func(a, b complaint.Actor) int { return strings.Compare(p.Name(a)+string(a), p.Name(b)+string(b)) })
}

// Masked are the same people, all called alike.
func (p People) Masked(name string) People {
	p.Staff = maps.Clone(p.Staff)
	for id, c := range p.Staff {
		c.Name = name
		p.Staff[id] = c
	}
	return p
}

// ByNumber finds the dossier with exactly this number, when the visitor may see it.
func (d *Rooms) ByNumber(r *http.Request, number string) (id string, found bool) {
	if number == "" {
		return "", false
	}
	id, err := d.Office.Find(r.Context(), porch.Who(r).Person, number)
	return id, err == nil
}

// DepartmentName says which department has a dossier, also when none has.
func DepartmentName(v *words.Voice, d complaint.Dossier, names People) string {
	if d.Department == "" {
		return v.Say("work.no_department")
	}
	if name := names.Department(d.Department); name != "" {
		return name
	}
	return v.Say("work.old_department")
}
