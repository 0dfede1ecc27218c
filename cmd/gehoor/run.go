package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime/debug"

	"github.com/alecthomas/kong"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
)

// terminal is where a command reads and writes.
type terminal struct {
	in       io.Reader
	out, err io.Writer
}

// errQuiet ends with status 1 when all was said already.
var errQuiet = errors.New("")

// commands is the whole command line; each command stands in a file of its own.
type commands struct {
	Serve     serveCmd     `cmd:"" help:"Open the doors: serve the register over HTTP."`
	Demo      demoCmd      `cmd:"" help:"Serve an invented organisation with some sixty dossiers, to look around."`
	Mail      mailCmd      `cmd:"" help:"Say how gehoor reads incoming mail; test whether it can send."`
	Inbox     inboxCmd     `cmd:"" help:"Take in mail from files, as from a mailbox."`
	Calendar  calendarCmd  `cmd:"" help:"Answer date questions: when does a term end?"`
	Procedure procedureCmd `cmd:"" help:"Check, add and show procedure files."`
	Staff     staffCmd     `cmd:"" help:"List accounts and proposals, and approve a proposal on the server."`
	Verify    verifyCmd    `cmd:"" help:"Replay every dossier and check the chain; status 1 names what does not fit."`
	Key       keyCmd       `cmd:"" help:"Care for the key file: print its recovery sheet, type it back, make one, name it."`
	Backup    backupCmd    `cmd:"" help:"Copy the register into a new folder while it is in use, and verify the copy. The key file is not in it."`
	Restore   restoreCmd   `cmd:"" help:"Put a backup back where there is no register yet, and verify it."`
	Version   versionCmd   `cmd:"" help:"Say which version this is."`
}

// place says where the register and its key file are.
type place struct {
	Home     string `help:"Folder that holds register/ (the database) and key/ (the key file)." default:"gehoor-home" env:"GEHOOR_HOME" type:"path"`
	Database string `help:"A postgres:// URL; without it the register is a SQLite file in the home folder." env:"GEHOOR_DATABASE"`
	KeyFile  string `help:"The key file, when it is not key/gehoor.key in the home folder." env:"GEHOOR_KEY_FILE" type:"path"`
}

func (p place) config(log *slog.Logger) house.Config {
	return house.Config{Home: p.Home, Database: p.Database, KeyFile: p.KeyFile, Log: log}
}

// existing is config for commands that look at a register: they never make one.
func (p place) existing() house.Config {
	c := p.config(nil)
	c.Existing = true
	return c
}

// run does one command. The errors are for people: they say what is wrong and what
// would be right.
func run(ctx context.Context, args []string, t terminal) error {
	var c commands
	exited := false
	parser, err := kong.New(&c, kong.Name("gehoor"),
		kong.Description("Gehoor: a complaints register and complaints-handling system. Elke klacht gehoord."),
		kong.Writers(t.out, t.err), kong.Exit(func(int) { exited = true }), kong.UsageOnError(),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(t))
	if err != nil {
		return err
	}
	parsed, err := parser.Parse(args)
	if exited {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%w (gehoor --help shows all commands)", err)
	}
	return parsed.Run()
}

type versionCmd struct{}

// Run prints the version that the Go toolchain wrote into the program.
func (versionCmd) Run(t terminal) error {
	_, err := fmt.Fprintln(t.out, "gehoor", version())
	return err
}

func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}

// inWords turns a refusal into its English sentence: the command line speaks English.
func inWords(h *house.House, err error) error {
	var refusal *complaint.Error
	if errors.As(err, &refusal) {
		return errors.New(h.Words.Speak("en").Say(refusal.Key, refusal.Args...))
	}
	return err
}
