-- +goose Up
-- E-mail that is no letter of a dossier: word to an employee that there is work, and the
-- question to who wrote that no complaint was meant. Whom it goes to is sealed. cause is a
-- keyed hash: one cause gives one notice. token is that of its Message-ID.
CREATE TABLE notice (
  id       TEXT PRIMARY KEY,
  kind     TEXT NOT NULL,
  dossier  TEXT NOT NULL,
  incoming TEXT NOT NULL,
  cause    BYTEA NOT NULL UNIQUE,
  token    BYTEA NOT NULL UNIQUE,
  sent_to  BYTEA NOT NULL,
  state    TEXT NOT NULL,
  reason   TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  next_at  BIGINT NOT NULL,
  since    BIGINT NOT NULL,
  trouble  TEXT NOT NULL,
  reply    TEXT NOT NULL,
  doubt    BIGINT NOT NULL,
  sealed   BYTEA,
  at       BIGINT NOT NULL
);
CREATE INDEX notice_due ON notice (next_at, id) WHERE state IN ('waiting', 'sending');
CREATE INDEX notice_at ON notice (at, id);
CREATE INDEX notice_incoming ON notice (incoming) WHERE incoming <> '';

-- An employee who wants no such word by e-mail.
ALTER TABLE staff ADD COLUMN quiet BIGINT NOT NULL DEFAULT 0;
