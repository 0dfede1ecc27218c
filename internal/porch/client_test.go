package porch

import (
	"net/http/httptest"
	"net/netip"
	"testing"
)

func TestClient(t *testing.T) {
	for _, tt := range []struct {
		name, peer, forwarded, proto, want string
		secure                             bool
	}{
		{"straight", "198.51.100.7:5000", "", "", "198.51.100.7", false},
		{"a visitor cannot choose", "198.51.100.7:5000", "203.0.113.9", "https", "198.51.100.7", false},
		{"by our proxy", "10.0.0.2:5000", "203.0.113.9", "https", "203.0.113.9", true},
		{"by two of ours", "10.0.0.2:5000", "203.0.113.9, 10.0.0.3", "https", "203.0.113.9", true},
		{"made up at the left", "10.0.0.2:5000", "1.2.3.4, 203.0.113.9", "http", "203.0.113.9", false},
		{"nonsense", "10.0.0.2:5000", "203.0.113.9, x", "", "10.0.0.2", false},
		{"IPv6", "[2001:db8::1]:5000", "", "", "2001:db8::1", false},
		{"with a port", "10.0.0.2:5000", "203.0.113.9:4711", "", "203.0.113.9", false},
		{"mapped", "[::ffff:10.0.0.2]:5000", "203.0.113.9", "", "203.0.113.9", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := &Porch{Proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}
			r := httptest.NewRequest("GET", "/", nil)
			r.RemoteAddr = tt.peer
			r.Header.Set("X-Forwarded-For", tt.forwarded)
			r.Header.Set("X-Forwarded-Proto", tt.proto)
			if got, secure := p.origin(r); got.String() != tt.want || secure != tt.secure {
				t.Errorf("got %s secure %v", got, secure)
			}
		})
	}
}
