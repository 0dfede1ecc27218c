package porch

import (
	"context"
	"log/slog"
)

// quiet is a log for what net/http says of connections. Its lines hold addresses of
// visitors, which are kept nowhere: only that something happened is logged.
type quiet struct{ slog.Handler }

// Handle logs that a connection failed, not whose.
func (q quiet) Handle(ctx context.Context, line slog.Record) error {
	return q.Handler.Handle(ctx, slog.NewRecord(line.Time, slog.LevelDebug, "connection failed", 0))
}
