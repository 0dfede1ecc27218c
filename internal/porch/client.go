package porch

import (
	"net/http"
	"net/netip"
	"strings"
)

// origin finds the visitor's own address and whether they came by TLS. Headers count
// only when a trusted proxy sent them: anyone can write them.
func (p *Porch) origin(r *http.Request) (client netip.Addr, tls bool) {
	tls = r.TLS != nil
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}, tls
	}
	client = peer.Addr().Unmap()
	if !p.trusts(client) {
		return client, tls
	}
	return p.forwarded(r, client), tls || lastOf(r.Header.Values("X-Forwarded-Proto")) == "https"
}

// forwarded walks X-Forwarded-For from the right, past our own proxies, to the first
// address that is not one of them. What stands left of it the visitor may have made up.
func (p *Porch) forwarded(r *http.Request, client netip.Addr) netip.Addr {
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0; i-- {
		addr, err := parseHop(hops[i])
		if err != nil {
			return client
		}
		client = addr
		if !p.trusts(addr) {
			return client
		}
	}
	return client
}

// parseHop reads an address, which some proxies write with a port.
func parseHop(s string) (netip.Addr, error) {
	s = strings.TrimSpace(s)
	if withPort, err := netip.ParseAddrPort(s); err == nil {
		return withPort.Addr().Unmap(), nil
	}
	addr, err := netip.ParseAddr(strings.Trim(s, "[]"))
	return addr.Unmap(), err
}

func (p *Porch) trusts(addr netip.Addr) bool {
	for _, proxy := range p.Proxies {
		if proxy.Contains(addr) {
			return true
		}
	}
	return false
}

func lastOf(values []string) string {
	all := strings.Split(strings.Join(values, ","), ",")
	return strings.ToLower(strings.TrimSpace(all[len(all)-1]))
}
