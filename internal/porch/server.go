package porch

import (
	"log/slog"
	"net/http"
	"time"
)

// Server makes a server with limits on how long a visitor may take. Reading and
// writing are long enough for files over a slow line.
func Server(address string, h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Addr:              address,
		Handler:           h,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       5 * time.Minute,
		WriteTimeout:      5 * time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(quiet{log.Handler()}, slog.LevelWarn),
	}
}
