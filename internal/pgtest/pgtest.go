// Package pgtest starts a private PostgreSQL for tests.
//
// A test asks for a database of its own with [DSN]. scripts/test starts one
// server for a whole run (scripts/withpostgres) and names it in
// GEHOOR_TEST_POSTGRES; without that variable each test process that asks
// starts a server of its own, so that a plain "go test ./..." works too. That
// variable may also name any other server, as a URL of a role that may create
// databases.
package pgtest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Variable names the environment variable that holds the URL of the server.
const Variable = "GEHOOR_TEST_POSTGRES"

// ErrMissing says that this machine has no PostgreSQL server program.
var ErrMissing = errors.New("no PostgreSQL server on this machine; on Debian or Ubuntu: apt-get install postgresql")

// Server is a running PostgreSQL that nobody else uses. It listens on a Unix
// socket in a folder of its own, which only its owner can enter.
type Server struct {
	URL string // of the superuser, in the database postgres

	keeper *exec.Cmd
	hold   io.Closer // while this is open, the server runs
}

// keeper is a shell between us and the server. It waits for its standard
// input to end, which happens when Stop closes it and also when our process
// ends in any way at all, SIGKILL included; then it stops the server and
// removes the folder. So no server outlives the tests that started it.
//
// fsync is off for speed. The tests may still kill the server or gehoor, since
// the operating system keeps what was written: it only matters when the machine
// itself loses power. A test that measures the cost of durability must start a
// server of its own.
const keeper = `
"$1" -D "$2/data" -k "$2" -c listen_addresses= -c max_connections=200 \
	-c fsync=off -c full_page_writes=off >"$2/log" 2>&1 &
server=$!
read -r _
kill -QUIT $server
wait $server
rm -rf "$2"
`

// Start makes and starts a server. It gives ErrMissing when there is none
// installed. The server stops with Stop, or by itself when this process ends.
func Start(ctx context.Context) (server *Server, err error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	owner, err := unprivileged()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "gehoor-pg-")
	if err != nil {
		return nil, fmt.Errorf("pgtest: %w", err)
	}
	defer func() {
		if err != nil {
			os.RemoveAll(dir)
		}
	}()
	if owner != nil {
		if err := os.Chown(dir, int(owner.Uid), int(owner.Gid)); err != nil {
			return nil, fmt.Errorf("pgtest: %w", err)
		}
	}
	if err := initdb(ctx, bin, dir, owner); err != nil {
		return nil, err
	}

	cmd := command(exec.Command("/bin/sh", "-c", keeper, "keeper", filepath.Join(bin, "postgres"), dir), dir, owner)
	hold, err := cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("pgtest: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("pgtest: start the server: %w", err)
	}
	where := url.URL{Scheme: "postgres", User: url.User("gehoor"), Path: "/postgres",
		RawQuery: url.Values{"host": {dir}, "sslmode": {"disable"}}.Encode()}
	server = &Server{URL: where.String(), keeper: cmd, hold: hold}
	if err := server.ready(ctx); err != nil {
		log, _ := os.ReadFile(filepath.Join(dir, "log"))
		server.Stop()
		return nil, fmt.Errorf("pgtest: the server does not answer: %w\n%s", err, log)
	}
	return server, nil
}

// Stop stops the server and removes all it held.
func (s *Server) Stop() {
	s.hold.Close()
	s.keeper.Wait()
}

func (s *Server) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for {
		conn, err := pgx.Connect(ctx, s.URL)
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// DSN gives the URL of a fresh, empty database, which is dropped when the test
// ends. Without a server the test is skipped, or fails where every test must
// run: with CI=true or GEHOOR_REQUIRE_ALL set.
func DSN(t testing.TB) string {
	t.Helper()
	held, err := shared()
	server := held.URL
	if errors.Is(err, ErrMissing) && os.Getenv("CI") != "true" && os.Getenv("GEHOOR_REQUIRE_ALL") == "" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	where, err := url.Parse(server)
	if err != nil || where.Scheme == "" {
		t.Fatalf("%s must be a URL, such as postgres://role:password@host/database", Variable)
	}

	name := "gehoor_test_" + strings.ToLower(rand.Text())
	// template0, because nobody can be connected to it: copying a database
	// that is in use is refused.
	if err := execute(server, "CREATE DATABASE "+name+" TEMPLATE template0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := execute(server, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	where.Path = "/" + name
	return where.String()
}

// shared is the server of this test process: the one named by the environment,
// or one that is started now and stops when the process ends. The Server itself is
// kept: were it collected as garbage, its pipe would close and the server stop.
var shared = sync.OnceValues(func() (Server, error) {
	if named := os.Getenv(Variable); named != "" {
		return Server{URL: named}, nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	server, err := Start(ctx)
	if err != nil {
		return Server{}, err
	}
	return *server, nil
})

func execute(server, statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		return fmt.Errorf("pgtest: %w", err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, statement); err != nil {
		return fmt.Errorf("pgtest: %s: %w", statement, err)
	}
	return nil
}

// programs finds the folder that holds both initdb and postgres.
func programs() (string, error) {
	var folders []string
	if path, err := exec.LookPath("initdb"); err == nil {
		if path, err = filepath.EvalSymlinks(path); err == nil {
			folders = append(folders, filepath.Dir(path))
		}
	}
	if out, err := exec.Command("pg_config", "--bindir").Output(); err == nil {
		folders = append(folders, strings.TrimSpace(string(out)))
	}
	debian, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	for _, dir := range append(folders, debian...) {
		_, noInitdb := exec.LookPath(filepath.Join(dir, "initdb"))
		_, noPostgres := exec.LookPath(filepath.Join(dir, "postgres"))
		if noInitdb == nil && noPostgres == nil {
			return dir, nil
		}
	}
	return "", ErrMissing
}

// unprivileged is the account the server must run under: PostgreSQL refuses to
// run as root. It is nil when we are not root ourselves.
func unprivileged() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		account, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, uidErr := strconv.ParseUint(account.Uid, 10, 32)
		gid, gidErr := strconv.ParseUint(account.Gid, 10, 32)
		if uidErr == nil && gidErr == nil {
			return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
		}
	}
	return nil, errors.New("pgtest: PostgreSQL refuses to run as root, and there is no account postgres or nobody to run it under")
}

// initdb makes the server's files. Names sort as a Dutch installation sorts
// them, so that a query that leans on the order of bytes, which is SQLite's,
// shows up here; servers before PostgreSQL 15 cannot, and sort by bytes.
func initdb(ctx context.Context, bin, dir string, owner *syscall.Credential) error {
	var err error
	for _, order := range [][]string{{"--locale-provider=icu", "--icu-locale=nl"}, nil} {
		args := append([]string{"-D", filepath.Join(dir, "data"), "-U", "gehoor",
			"--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"}, order...)
		cmd := command(exec.CommandContext(ctx, filepath.Join(bin, "initdb"), args...), dir, owner)
		var out []byte
		if out, err = cmd.CombinedOutput(); err == nil {
			return nil
		}
		err = fmt.Errorf("pgtest: initdb: %w\n%s", err, out)
	}
	return err
}

// command lets cmd run under the owner's account, in dir, deaf to the Ctrl-C
// of our terminal and to settings of another PostgreSQL.
func command(cmd *exec.Cmd, dir string, owner *syscall.Credential) *exec.Cmd {
	cmd.Dir = dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Credential: owner}
	for _, setting := range os.Environ() {
		if !strings.HasPrefix(setting, "PG") {
			cmd.Env = append(cmd.Env, setting)
		}
	}
	return cmd
}
