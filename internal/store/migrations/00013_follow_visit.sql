-- +goose Up
-- Who showed the number and the code of a complaint, for as long as they look: keyed
-- hashes of the token, and of the code that opened it. No address, no name.
CREATE TABLE follow_visit (
  token   BYTEA PRIMARY KEY,
  dossier TEXT NOT NULL REFERENCES dossier (id),
  code    BYTEA NOT NULL,
  made    BIGINT NOT NULL,
  expires BIGINT NOT NULL
);
CREATE INDEX follow_visit_expires ON follow_visit (expires);
