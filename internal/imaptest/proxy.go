package imaptest

import (
	"bytes"
	"errors"
	"io"
	"net"
	"sync"
	"testing"
)

// Proxy stands before a server and passes on what both say, until it is told to fail.
type Proxy struct {
	Port string

	target string
	mu     sync.Mutex
	when   []byte // what the server says at which it fails; nil: never
	stall  bool   // it says nothing any more; else it drops the connection
	times  int    // how often yet
	failed int
	lines  map[net.Conn]bool
	ends   chan struct{}
}

// NewProxy starts a proxy before a port of this machine; it stops with the test.
func NewProxy(t testing.TB, port string) *Proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &Proxy{target: "127.0.0.1:" + port, lines: map[net.Conn]bool{}, ends: make(chan struct{})}
	_, p.Port, _ = net.SplitHostPort(l.Addr().String())
	var all sync.WaitGroup
	all.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return // closed
			}
			all.Go(func() { p.serve(conn) })
		}
	})
	t.Cleanup(func() {
		close(p.ends)
		_ = l.Close()
		p.Drop()
		all.Wait()
	})
	return p
}

// Fail lets the proxy fail a number of times when the server says something: it says
// nothing any more, or drops the connection, in the middle of it.
func (p *Proxy) Fail(when string, stall bool, times int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.when, p.stall, p.times = []byte(when), stall, times
}

// Failed gives how often it failed.
func (p *Proxy) Failed() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.failed
}

// Drop drops every connection.
func (p *Proxy) Drop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for conn := range p.lines {
		_ = conn.Close() // that is the point
	}
}

func (p *Proxy) serve(client net.Conn) {
	defer client.Close()
	server, err := net.Dial("tcp", p.target)
	if err != nil {
		return // as a server that is not there
	}
	defer server.Close()
	p.mu.Lock()
	p.lines[client] = true
	p.mu.Unlock()
	defer func() {
		p.mu.Lock()
		delete(p.lines, client)
		p.mu.Unlock()
	}()
	go func() {
		_, _ = io.Copy(server, client) // ends with either
		_ = server.Close()
	}()
	_ = p.pass(client, server) // ends with either
}

var errDropped = errors.New("dropped")

// pass passes on what the server says.
func (p *Proxy) pass(client, server net.Conn) error {
	buffer := make([]byte, 4096)
	var last []byte // the end of what was said before
	for {
		n, err := server.Read(buffer)
		said := append(last, buffer[:n]...)
		if at, stall, now := p.fails(said); now {
			if upTo := at - len(last); upTo > 0 {
				_, _ = client.Write(buffer[:upTo]) // it fails anyhow
			}
			if stall {
				<-p.ends
			}
			return errDropped
		}
		if _, err := client.Write(buffer[:n]); err != nil {
			return err
		}
		if err != nil {
			return err
		}
		last = bytes.Clone(said[max(0, len(said)-100):])
	}
}

func (p *Proxy) fails(said []byte) (at int, stall, now bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if at = bytes.Index(said, p.when); p.times == 0 || at < 0 {
		return 0, false, false
	}
	p.times--
	p.failed++
	return at + len(p.when)/2, p.stall, true
}
