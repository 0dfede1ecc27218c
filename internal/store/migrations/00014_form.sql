-- +goose Up
-- A complaint of the counter's form that a person must look at first waits among the mail
-- that came in. Its number was told to who sent it: nobody else may get it.
ALTER TABLE incoming ADD COLUMN number TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX incoming_number ON incoming (number) WHERE number <> '';

-- A form that somebody goes on with later, found by the slow keyed hash of a code. draft
-- is the dossier that it may become: files wait under that name.
CREATE TABLE kept_form (
  code   BYTEA PRIMARY KEY,
  draft  TEXT NOT NULL UNIQUE,
  at     BIGINT NOT NULL,
  sealed BYTEA NOT NULL
);
CREATE INDEX kept_form_at ON kept_form (at);
