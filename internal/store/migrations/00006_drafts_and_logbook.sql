-- +goose Up
-- What somebody typed for a task and kept: sealed, one per person, dossier and task.
CREATE TABLE draft (
  dossier TEXT NOT NULL REFERENCES dossier (id),
  owner   TEXT NOT NULL,
  task    TEXT NOT NULL,
  seen    BIGINT NOT NULL,
  at      BIGINT NOT NULL,
  sealed  BYTEA NOT NULL,
  PRIMARY KEY (owner, dossier, task)
);
CREATE INDEX draft_dossier ON draft (dossier);

-- A new complaint that was not taken in yet, with the keys of the dossier it will be.
CREATE TABLE intake_draft (
  id           TEXT PRIMARY KEY,
  owner        TEXT NOT NULL,
  channel      TEXT NOT NULL,
  called_on    TEXT NOT NULL,
  at           BIGINT NOT NULL,
  content_key  BYTEA NOT NULL,
  identity_key BYTEA NOT NULL,
  sealed       BYTEA NOT NULL
);
CREATE INDEX intake_draft_owner ON intake_draft (owner);

-- The logbook of one person, of the administration, and what is old enough to go.
CREATE INDEX logline_actor ON logline (actor, at);
CREATE INDEX logline_at ON logline (at);
CREATE INDEX event_actor ON event (actor, at);
