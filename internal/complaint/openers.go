package complaint

import "gehoor/internal/calendar"

// Openers are who may open the name of a complainant. The public page says it in words,
// made from this: a promise that the permission table does not keep cannot be written.
type Openers struct {
	Roles        []Role // by their role alone, on every dossier
	Handler      bool   // who handles the complaint
	Deputy       bool   // who stands in for who handles it
	SecondReader bool   // who was asked to read the answer along
	LateDirector bool   // a director, once the answer is overdue
	Concerned    bool   // the employee the complaint is about
}

// NameOpeners asks the permission table who may open a name.
func NameOpeners() Openers {
	var o Openers
	opens := func(p Person, r Relation) bool { return May(p, TaskOpenIdentity, r) }
	everything := Relation{Barred: true, Handler: true, Overdue: true, TookIn: true, Reader: true, NextInLine: true}
	for _, role := range Roles {
		p := Person{ID: "somebody", Roles: []Role{role}}
		if opens(p, Relation{}) {
			o.Roles = append(o.Roles, role)
		}
		o.Concerned = o.Concerned || opens(p, everything)
	}
	stand := Stand{Department: "department", For: "handler"}
	handled := Dossier{ID: "dossier", Department: stand.Department, Handler: stand.For}
	deputy := Person{ID: "deputy", StandsFor: []Stand{stand}}
	o.Handler = opens(Person{ID: stand.For}, Relate(Person{ID: stand.For}, handled, false, calendar.Date{}))
	o.Deputy = opens(deputy, Relate(deputy, handled, false, calendar.Date{}))
	o.SecondReader = opens(Person{ID: "reader"}, Relation{Reader: true})
	late := Person{ID: "director", Roles: []Role{Director}}
	o.LateDirector = opens(late, Relation{Overdue: true}) && !opens(late, Relation{})
	return o
}
