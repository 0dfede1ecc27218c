-- +goose Up
-- The same SQL for SQLite and PostgreSQL: dates TEXT 2026-11-22 ('' for none),
-- instants BIGINT microseconds UTC, JSON as TEXT, ids made by the program.
CREATE TABLE meta (
  name  TEXT PRIMARY KEY,
  value BYTEA NOT NULL
);

CREATE TABLE setting (
  id    TEXT PRIMARY KEY,
  name  TEXT NOT NULL,
  value TEXT NOT NULL,
  at    BIGINT NOT NULL,
  actor TEXT NOT NULL
);
CREATE INDEX setting_latest ON setting (name, at);

CREATE TABLE procedure_file (
  id         TEXT NOT NULL,
  version    TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  sha256     TEXT NOT NULL,
  body       BYTEA NOT NULL,
  at         BIGINT NOT NULL,
  actor      TEXT NOT NULL,
  PRIMARY KEY (id, version)
);

CREATE TABLE staff (
  id       TEXT PRIMARY KEY,
  name     TEXT NOT NULL,
  email    TEXT NOT NULL UNIQUE,
  duty     TEXT NOT NULL,
  phone    TEXT NOT NULL,
  roles    TEXT NOT NULL,
  active   BIGINT NOT NULL,
  password BYTEA NOT NULL,
  language TEXT NOT NULL,
  at       BIGINT NOT NULL
);

CREATE TABLE department (
  id      TEXT PRIMARY KEY,
  name    TEXT NOT NULL UNIQUE,
  manager TEXT NOT NULL,
  deputy  TEXT NOT NULL,
  active  BIGINT NOT NULL
);

CREATE TABLE session (
  token   BYTEA PRIMARY KEY,
  staff   TEXT NOT NULL REFERENCES staff (id),
  made    BIGINT NOT NULL,
  seen    BIGINT NOT NULL,
  expires BIGINT NOT NULL
);

CREATE TABLE attempt (
  key      BYTEA PRIMARY KEY,
  failures BIGINT NOT NULL,
  until    BIGINT NOT NULL
);

-- A dossier is the row its course leads to. state holds the same facts as JSON; the
-- columns beside it are copies to filter and sort by.
CREATE TABLE dossier (
  id            TEXT PRIMARY KEY,
  number        TEXT NOT NULL UNIQUE,
  version       BIGINT NOT NULL,
  state         TEXT NOT NULL,
  title         BYTEA NOT NULL,
  code          BYTEA,
  content_key   BYTEA NOT NULL,
  identity_key  BYTEA NOT NULL,
  last_mac      BYTEA NOT NULL,
  mac           BYTEA NOT NULL,
  phase         TEXT NOT NULL,
  channel       TEXT NOT NULL,
  department    TEXT NOT NULL,
  handler       TEXT NOT NULL,
  received_by   TEXT NOT NULL,
  second_reader TEXT NOT NULL,
  received_on   TEXT NOT NULL,
  filed_on      TEXT NOT NULL,
  due_on        TEXT NOT NULL,
  first_due_on  TEXT NOT NULL,
  target_on     TEXT NOT NULL,
  answered_on   TEXT NOT NULL,
  closed_on     TEXT NOT NULL,
  work_on       TEXT NOT NULL,
  wake_on       TEXT NOT NULL
);
CREATE INDEX dossier_work ON dossier (work_on, id) WHERE closed_on = '';
CREATE INDEX dossier_wake ON dossier (wake_on) WHERE wake_on <> '';
CREATE INDEX dossier_register ON dossier (received_on, id);
CREATE INDEX dossier_handler ON dossier (handler, work_on);

CREATE TABLE event (
  dossier      TEXT NOT NULL REFERENCES dossier (id),
  version      BIGINT NOT NULL,
  kind         TEXT NOT NULL,
  at           BIGINT NOT NULL,
  actor        TEXT NOT NULL,
  open         TEXT NOT NULL,
  sealed       BYTEA,
  mac          BYTEA NOT NULL,
  request      TEXT UNIQUE,
  request_hash BYTEA,
  PRIMARY KEY (dossier, version)
);

-- One row per dossier, chained: completeness is proved here.
CREATE TABLE register (
  seq     BIGINT PRIMARY KEY,
  dossier TEXT NOT NULL UNIQUE,
  number  TEXT NOT NULL,
  mac     BYTEA NOT NULL
);
CREATE TABLE register_head (
  id   BIGINT PRIMARY KEY,
  seq    BIGINT NOT NULL,
  events BIGINT NOT NULL,
  mac    BYTEA NOT NULL,
  seal   BYTEA NOT NULL
);

CREATE TABLE identity (
  dossier TEXT NOT NULL REFERENCES dossier (id),
  version BIGINT NOT NULL,
  at      BIGINT NOT NULL,
  actor   TEXT NOT NULL,
  sealed  BYTEA NOT NULL,
  mac     BYTEA NOT NULL,
  PRIMARY KEY (dossier, version)
);

CREATE TABLE person_index (
  dossier TEXT NOT NULL REFERENCES dossier (id),
  kind    TEXT NOT NULL,
  hash    BYTEA NOT NULL,
  PRIMARY KEY (dossier, kind)
);
CREATE INDEX person_found ON person_index (hash);

-- Who sees nothing of a dossier: keyed hashes only.
CREATE TABLE barred (
  dossier TEXT NOT NULL REFERENCES dossier (id),
  token   BYTEA NOT NULL,
  PRIMARY KEY (dossier, token)
);

CREATE TABLE letter (
  id        TEXT PRIMARY KEY,
  dossier   TEXT NOT NULL REFERENCES dossier (id),
  kind      TEXT NOT NULL,
  channel   TEXT NOT NULL,
  language  TEXT NOT NULL,
  made_on   TEXT NOT NULL,
  made_at   BIGINT NOT NULL,
  made_by   TEXT NOT NULL,
  params    BYTEA NOT NULL,
  mac       BYTEA NOT NULL,
  final     BYTEA,
  final_mac BYTEA,
  sent_on   TEXT NOT NULL
);
CREATE INDEX letter_dossier ON letter (dossier, made_at);
CREATE INDEX letter_waiting ON letter (made_at) WHERE sent_on = '';

CREATE TABLE attachment (
  id      TEXT PRIMARY KEY,
  dossier TEXT NOT NULL,
  linked  BIGINT NOT NULL,
  name    BYTEA NOT NULL,
  type    TEXT NOT NULL,
  size    BIGINT NOT NULL,
  sha256  BYTEA NOT NULL,
  at      BIGINT NOT NULL,
  actor   TEXT NOT NULL,
  mac     BYTEA NOT NULL
);
CREATE INDEX attachment_dossier ON attachment (dossier);
CREATE TABLE chunk (
  attachment TEXT NOT NULL REFERENCES attachment (id) ON DELETE CASCADE,
  n          BIGINT NOT NULL,
  sealed     BYTEA NOT NULL,
  PRIMARY KEY (attachment, n)
);

CREATE TABLE reminded (
  dossier  TEXT NOT NULL REFERENCES dossier (id),
  occasion TEXT NOT NULL,
  for_date TEXT NOT NULL,
  PRIMARY KEY (dossier, occasion, for_date)
);

CREATE TABLE logline (
  id        TEXT PRIMARY KEY,
  at        BIGINT NOT NULL,
  actor     TEXT NOT NULL,
  on_behalf TEXT NOT NULL,
  action    TEXT NOT NULL,
  dossier   TEXT NOT NULL,
  reason    TEXT NOT NULL,
  remark    BYTEA,
  result    TEXT NOT NULL,
  once      TEXT UNIQUE
);
CREATE INDEX logline_dossier ON logline (dossier, at);
