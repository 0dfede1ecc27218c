package pgtest_test

import (
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"gehoor/internal/pgtest"
)

func connect(t *testing.T, dsn string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	return conn
}

func TestEachTestHasADatabaseOfItsOwn(t *testing.T) {
	var first string
	t.Run("the first leaves a table and an open connection", func(t *testing.T) {
		first = pgtest.DSN(t)
		if _, err := connect(t, first).Exec(t.Context(), "CREATE TABLE dossier (id TEXT)"); err != nil {
			t.Fatal(err)
		}
	})
	second := connect(t, pgtest.DSN(t))
	defer second.Close(t.Context())
	var tables int
	if err := second.QueryRow(t.Context(), "SELECT count(*) FROM pg_tables WHERE tablename = 'dossier'").Scan(&tables); err != nil {
		t.Fatal(err)
	}
	if tables != 0 {
		t.Error("the second database holds the first one's table")
	}
	if _, err := pgx.Connect(t.Context(), first); err == nil || !strings.Contains(err.Error(), "does not exist") {
		t.Errorf("the first database was not dropped: %v", err)
	}
}

func TestNothingStaysWhenTheServerStops(t *testing.T) {
	server := start(t)
	folder := folderOf(t, server.URL)
	server.Stop()
	if _, err := os.Stat(folder); !os.IsNotExist(err) {
		t.Errorf("the server's folder is still there: %v", err)
	}
}

// A test process that is killed cannot clean up: the keeper must do it.
func TestNothingStaysWhenTheTestIsKilled(t *testing.T) {
	if os.Getenv("PGTEST_KILLED") != "" {
		server, err := pgtest.Start(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		os.Stdout.WriteString("url=" + server.URL + "\n")
		time.Sleep(time.Minute) // until the parent kills us
	}
	start(t).Stop() // so that the test is skipped where there is nothing to start
	child := exec.Command(os.Args[0], "-test.run=^TestNothingStaysWhenTheTestIsKilled$")
	child.Env = append(os.Environ(), "PGTEST_KILLED=1")
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	line := make([]byte, 4096)
	n, _ := out.Read(line)
	server, found := strings.CutPrefix(strings.TrimSpace(string(line[:n])), "url=")
	child.Process.Kill()
	child.Wait()
	if !found {
		t.Fatalf("the child did not start a server: %s", line[:n])
	}
	folder := folderOf(t, server)
	for range 500 {
		if _, err := os.Stat(folder); os.IsNotExist(err) {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("%s is still there ten seconds after its test was killed", folder)
}

func start(t *testing.T) *pgtest.Server {
	t.Helper()
	server, err := pgtest.Start(t.Context())
	if errors.Is(err, pgtest.ErrMissing) {
		pgtest.DSN(t) // skips, or fails where every test must run
		t.Skip(err)   // there is a server elsewhere, but no program here
	}
	if err != nil {
		t.Fatal(err)
	}
	return server
}

func folderOf(t *testing.T, server string) string {
	t.Helper()
	config, err := pgx.ParseConfig(server)
	if err != nil {
		t.Fatal(err)
	}
	return config.Host
}
