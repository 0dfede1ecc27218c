-- +goose Up
-- The e-mail that a letter becomes: what its sending came to, and its bytes, sealed,
-- until it went. token and sent_to are keyed hashes.
CREATE TABLE message (
  letter   TEXT PRIMARY KEY REFERENCES letter (id),
  dossier  TEXT NOT NULL REFERENCES dossier (id),
  token    BYTEA NOT NULL UNIQUE,
  sent_to  BYTEA NOT NULL,
  state    TEXT NOT NULL,
  reason   TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  next_at  BIGINT NOT NULL,
  since    BIGINT NOT NULL,
  trouble  TEXT NOT NULL,
  reply    TEXT NOT NULL,
  said     BYTEA,
  doubt    BIGINT NOT NULL,
  sealed   BYTEA,
  at       BIGINT NOT NULL
);
CREATE INDEX message_due ON message (next_at, letter) WHERE state IN ('waiting', 'sending');
CREATE INDEX message_sent ON message (at) WHERE state = 'sent';
CREATE INDEX message_to ON message (sent_to, at);
CREATE INDEX message_dossier ON message (dossier);
