package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/record"
)

type staffCmd struct {
	List    staffListCmd    `cmd:"" help:"List the accounts, and the proposals that wait for a second person."`
	Approve staffApproveCmd `cmd:"" help:"Approve a proposal here, when nobody else can. Every director sees it at the next log-in."`
}

type staffListCmd struct{ place }

// Run prints accounts and proposals.
func (c staffListCmd) Run(ctx context.Context, t terminal) (err error) {
	h, err := house.Open(ctx, c.existing())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	people, err := h.Store.People(ctx)
	if err != nil {
		return err
	}
	for _, s := range people.Staff {
		state := ""
		if !s.Active {
			state = "  (closed)"
		}
		fmt.Fprintf(t.out, "%-28s %-34s %s%s\n", s.Name, s.Email, words(s.Roles), state)
	}
	if len(people.Waiting) == 0 {
		_, err = fmt.Fprintln(t.out, "\nNo proposal waits for a second person.")
		return err
	}
	fmt.Fprintln(t.out, "\nThese proposals wait for a second person (approve with: gehoor staff approve ID):")
	for _, x := range people.Waiting {
		proposer, _ := people.Member(x.Proposer)
		fmt.Fprintf(t.out, "%s  %s  (proposed by %s)\n", x.ID, proposed(people, x), proposer.Name)
	}
	return nil
}

// proposed says what a proposal would give.
func proposed(people record.People, x record.Proposal) string {
	s, _ := people.Member(x.Staff)
	switch x.Kind {
	case record.ProposeDepartment:
		manager, _ := people.Member(x.Department.Manager)
		deputy, _ := people.Member(x.Department.Deputy)
		if deputy.Name == "" {
			deputy.Name = "nobody"
		}
		return fmt.Sprintf("department %s: manager %s, deputy %s", x.Department.Name, manager.Name, deputy.Name)
	case record.ProposePassword:
		return s.Name + ": a new start password"
	case record.ProposeFallback:
		return s.Name + ": takes complaints in, and reads those, when the helpdesk cannot"
	case record.ProposeFactor:
		return s.Name + ": no second factor any more"
	}
	if len(x.Roles) == 0 {
		return s.Name + ": the closed account opens again"
	}
	return fmt.Sprintf("%s: %s", s.Name, words(x.Roles))
}

func words(roles []complaint.Role) string {
	var all []string
	for _, r := range roles {
		all = append(all, string(r))
	}
	return strings.Join(all, ", ")
}

type staffApproveCmd struct {
	place
	ID string `arg:"" help:"The proposal, as gehoor staff list shows it."`
}

// Run approves a proposal, and prints the start password when there is one.
func (c staffApproveCmd) Run(ctx context.Context, t terminal) (err error) {
	h, err := house.Open(ctx, c.existing())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	out, err := h.People.ApproveOnServer(ctx, c.ID)
	if err != nil {
		return inWords(h, err)
	}
	fmt.Fprintln(t.out, "Approved. Every director sees this at the next log-in.")
	if out.Start != "" {
		fmt.Fprintf(t.out, "Start password, shown only now: %s\n", out.Start)
	}
	return nil
}
