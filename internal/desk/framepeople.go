package desk

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

// people are the names that pages show in place of ids.
type people struct {
	staff       map[complaint.Actor]personnel.Colleague
	departments []record.Department
}

func (d *Rooms) people(r *http.Request) (p people, err error) {
	if p.staff, err = d.Personnel.Colleagues(r.Context()); err != nil {
		return p, err
	}
	p.departments, err = d.Personnel.Departments(r.Context())
	return p, err
}

// name gives somebody's name, or "" for nobody.
func (p people) name(id complaint.Actor) string { return p.staff[id].Name }

// department gives a department's name, or "" when there is none of that id (any more).
func (p people) department(id string) string {
	i := slices.IndexFunc(p.departments, func(d record.Department) bool { return d.ID == id })
	if i < 0 {
		return ""
	}
	return p.departments[i].Name
}

// roleList names roles in a sentence.
func roleList(v *words.Voice, roles []complaint.Role) string {
	var names []string
	for _, r := range roles {
		names = append(names, v.Say("role."+string(r)))
	}
	return strings.Join(names, ", ")
}

// active gives the accounts that are open, by name.
func (p people) active() []complaint.Actor {
	var ids []complaint.Actor
	for id, c := range p.staff {
		if c.Active {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b complaint.Actor) int { return strings.Compare(p.name(a)+string(a), p.name(b)+string(b)) })
	return ids
}

// masked are the same people, all called alike.
func (p people) masked(name string) people {
	p.staff = maps.Clone(p.staff)
	for id, c := range p.staff {
		c.Name = name
		p.staff[id] = c
	}
	return p
}

// byNumber finds the dossier with exactly this number, when the visitor may see it.
func (d *Rooms) byNumber(r *http.Request, number string) (id string, found bool) {
	if number == "" {
		return "", false
	}
	id, err := d.Office.Find(r.Context(), porch.Who(r).Person, number)
	return id, err == nil
}

func departmentName(v *words.Voice, d complaint.Dossier, names people) string {
	if d.Department == "" {
		return v.Say("work.no_department")
	}
	if name := names.department(d.Department); name != "" {
		return name
	}
	return v.Say("work.old_department")
}
