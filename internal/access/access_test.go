package access

import (
	"bytes"
	"strings"
	"sync"
	"testing"
)

// cheap is a cost that keeps the tests quick.
var cheap = Cost{Passes: 1, Memory: 64, Threads: 1}

func newPasswords(t *testing.T, c Cost) *Passwords {
	t.Helper()
	return NewPasswords(c, 2)
}

func TestPasswords(t *testing.T) {
	p := newPasswords(t, cheap)
	kept, err := p.Hash("een lange zin om in te loggen")
	if err != nil {
		t.Fatal(err)
	}
	again, err := p.Hash("een lange zin om in te loggen")
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(kept, again) {
		t.Error("the same password gives the same hash: there is no salt")
	}
	if ok, stale := p.Verify(kept, "een lange zin om in te loggen"); !ok || stale {
		t.Errorf("right password: ok %v, stale %v", ok, stale)
	}
	if ok, _ := p.Verify(kept, "een lange zin om in te logge"); ok {
		t.Error("a wrong password fits")
	}
}

func TestStandardCostIsWritten(t *testing.T) {
	kept, err := newPasswords(t, Cost{}).Hash("x")
	if err != nil {
		t.Fatal(err)
	}
	if want := "$argon2id$v=19$m=19456,t=2,p=1$"; !strings.HasPrefix(string(kept), want) {
		t.Errorf("got %s, want it to begin with %s", kept, want)
	}
}

func TestOtherParametersAreStale(t *testing.T) {
	kept, err := newPasswords(t, cheap).Hash("geheim")
	if err != nil {
		t.Fatal(err)
	}
	dearer := newPasswords(t, Cost{Passes: 2, Memory: 64, Threads: 1})
	if ok, stale := dearer.Verify(kept, "geheim"); !ok || !stale {
		t.Errorf("ok %v, stale %v; want both", ok, stale)
	}
	if ok, stale := dearer.Verify(kept, "anders"); ok || stale {
		t.Errorf("wrong password: ok %v, stale %v", ok, stale)
	}
}

func TestBrokenHashesNeverFit(t *testing.T) {
	p := newPasswords(t, cheap)
	for _, encoded := range []string{
		"", "x", "$argon2id$v=19$m=64,t=1,p=1$$", "$argon2i$v=19$m=64,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA$AAAA",
		"$argon2id$v=19$m=99999999,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=64,t=0,p=1$c2FsdHNhbHRzYWx0c2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
	} {
		if ok, _ := p.Verify([]byte(encoded), ""); ok {
			t.Errorf("%q fits", encoded)
		}
	}
}

func TestManyAtOnce(t *testing.T) {
	p := newPasswords(t, cheap)
	kept, err := p.Hash("geheim")
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if ok, _ := p.Verify(kept, "geheim"); !ok {
				t.Error("a right password was refused")
			}
		})
	}
	all.Wait()
}

func TestTokens(t *testing.T) {
	token, kept := Tokens{}.New()
	other, _ := Tokens{}.New()
	if token == other || len(token) != 43 {
		t.Errorf("tokens %q and %q", token, other)
	}
	if !bytes.Equal(kept, Tokens{}.Kept(token)) || bytes.Contains(kept, []byte(token)) {
		t.Error("what is kept is not the hash of the token")
	}
}

func TestStartPasswords(t *testing.T) {
	seen := map[string]bool{}
	for range 200 {
		p := Tokens{}.StartPassword()
		if len(p) != 19 || p[4] != '-' || p[9] != '-' || p[14] != '-' || seen[p] {
			t.Fatalf("start password %q", p)
		}
		if strings.ContainsAny(p, "ilo01") {
			t.Fatalf("%q has signs that look alike", p)
		}
		seen[p] = true
	}
}

func TestSetUpTokenFitsItselfOnly(t *testing.T) {
	token, guard := NewSetUpToken()
	if !guard.Fits(token) || guard.Fits("") || guard.Fits(token+"x") {
		t.Error("only the printed token fits")
	}
	if (&SetUpToken{}).Fits("") {
		t.Error("a guard without a token lets somebody in")
	}
}
