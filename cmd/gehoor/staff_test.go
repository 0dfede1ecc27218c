package main

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"gehoor/internal/housetest"
)

// A proposal is listed and approved on the server, with its start password.
func TestStaffApprovedOnTheServer(t *testing.T) {
	h := housetest.Empty(t)
	admin, err := h.Person(t.Context(), "Bram Hoogland")
	if err != nil {
		t.Fatal(err)
	}
	staff, err := h.Person(t.Context(), "Jorien Tasselaar")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.People.ResetPassword(t.Context(), admin, staff.ID); err != nil {
		t.Fatal(err)
	}
	say := func(args ...string) string {
		t.Helper()
		var out, bad bytes.Buffer
		if err := run(context.Background(), append([]string{"staff"}, args...), terminal{out: &out, err: &bad}); err != nil {
			t.Fatalf("%v %s", err, &bad)
		}
		return out.String()
	}
	list := say("list", "--home", h.Home)
	_, waiting, found := strings.Cut(list, "gehoor staff approve ID):\n")
	if !found || !strings.Contains(waiting, "Jorien Tasselaar: a new start password  (proposed by Bram Hoogland)") {
		t.Fatal(list)
	}
	id, _, _ := strings.Cut(waiting, " ")
	said := say("approve", "--home", h.Home, id)
	_, start, found := strings.Cut(strings.TrimSpace(said), "shown only now: ")
	if !found {
		t.Fatal(said)
	}
	if _, in, err := h.People.LogIn(t.Context(), "jorien@lsr.example.org", start); err != nil || !in.MustChange {
		t.Errorf("%+v %v", in.MustChange, err)
	}
}
