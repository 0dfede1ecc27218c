-- +goose Up
-- Who must be called back. Name, number and subject are sealed under the keys of the
-- dossier that may be made of the card; both go some days after it was closed.
CREATE TABLE quick_card (
  id           TEXT PRIMARY KEY,
  version      BIGINT NOT NULL,
  state        TEXT NOT NULL,
  reason       TEXT NOT NULL,
  called_at    BIGINT NOT NULL,
  called_on    TEXT NOT NULL,
  due_on       TEXT NOT NULL,
  closed_on    TEXT NOT NULL,
  content_key  BYTEA NOT NULL,
  identity_key BYTEA NOT NULL,
  owner        BYTEA NOT NULL,
  sealed       BYTEA NOT NULL,
  sum          BYTEA NOT NULL,
  mac          BYTEA NOT NULL
);
CREATE INDEX quick_card_waits ON quick_card (called_at, id) WHERE state = 'waiting';
CREATE INDEX quick_card_closed ON quick_card (closed_on) WHERE closed_on <> '';

-- Who sees nothing of a card: keyed hashes only.
CREATE TABLE quick_card_barred (
  card  TEXT NOT NULL REFERENCES quick_card (id),
  token BYTEA NOT NULL,
  PRIMARY KEY (card, token)
);
