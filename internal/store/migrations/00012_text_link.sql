-- +goose Up
-- The ways to the one text of a dossier, for who confirms it: of the token in an e-mail,
-- or of the code on a slip, only a keyed hash.
CREATE TABLE text_link (
  id       TEXT PRIMARY KEY,
  dossier  TEXT NOT NULL REFERENCES dossier (id),
  letter   TEXT NOT NULL,
  kind     TEXT NOT NULL,
  token    BYTEA NOT NULL UNIQUE,
  whom     TEXT NOT NULL,
  version  BIGINT NOT NULL,
  made     BIGINT NOT NULL,
  expires  BIGINT NOT NULL,
  ended    TEXT NOT NULL,
  ended_at BIGINT NOT NULL,
  mac      BYTEA NOT NULL
);
CREATE INDEX text_link_dossier ON text_link (dossier);
