-- +goose Up
-- Mails that came in and wait for a person. From whom, about what and the bytes are
-- sealed under keys of the mail, which become those of the dossier that is made of it.
CREATE TABLE incoming (
  id           TEXT PRIMARY KEY,
  version      BIGINT NOT NULL,
  state        TEXT NOT NULL,
  reason       TEXT NOT NULL,
  received_on  TEXT NOT NULL,
  received_at  BIGINT NOT NULL,
  closed_on    TEXT NOT NULL,
  dossier      TEXT NOT NULL,
  about        TEXT NOT NULL,
  size         BIGINT NOT NULL,
  kind         TEXT NOT NULL,
  codes        TEXT NOT NULL,
  twin         TEXT NOT NULL,
  orphan       BIGINT NOT NULL,
  raw          TEXT NOT NULL,
  raw_hash     BYTEA NOT NULL UNIQUE,
  content_key  BYTEA NOT NULL,
  identity_key BYTEA NOT NULL,
  sealed       BYTEA NOT NULL,
  sum          BYTEA NOT NULL,
  mac          BYTEA NOT NULL
);
CREATE INDEX incoming_waits ON incoming (received_at, id) WHERE state = 'waiting';
CREATE INDEX incoming_closed ON incoming (closed_on, id) WHERE closed_on <> '';
CREATE INDEX incoming_dossier ON incoming (dossier) WHERE dossier <> '';

-- Where in a mailbox a mail was found: it is taken in once.
CREATE TABLE incoming_seen (
  mailbox     TEXT NOT NULL,
  uidvalidity BIGINT NOT NULL,
  uid         BIGINT NOT NULL,
  incoming    TEXT NOT NULL REFERENCES incoming (id),
  PRIMARY KEY (mailbox, uidvalidity, uid)
);

-- By what a second delivery is found: keyed hashes only.
CREATE TABLE incoming_alike (
  incoming TEXT NOT NULL REFERENCES incoming (id),
  hash     BYTEA NOT NULL,
  PRIMARY KEY (incoming, hash)
);
CREATE INDEX incoming_alike_hash ON incoming_alike (hash);

-- Who sees nothing of a mail: keyed hashes only.
CREATE TABLE incoming_barred (
  incoming TEXT NOT NULL REFERENCES incoming (id),
  token    BYTEA NOT NULL,
  PRIMARY KEY (incoming, token)
);

-- How reading each mailbox goes.
CREATE TABLE mailbox (
  name      TEXT PRIMARY KEY,
  read_at   BIGINT NOT NULL,
  failed_at BIGINT NOT NULL,
  fault     TEXT NOT NULL
);
