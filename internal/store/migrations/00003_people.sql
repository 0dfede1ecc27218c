-- +goose Up
-- People and who may read. Staff, departments and proposals change together: revision
-- counts their changes, so that a rule is judged on what stands there when it is written.
CREATE TABLE people_revision (
  id BIGINT PRIMARY KEY,
  n  BIGINT NOT NULL
);
INSERT INTO people_revision (id, n) VALUES (1, 0);

-- The days of the week somebody works: 1 is Monday; '' is Monday to Friday.
ALTER TABLE staff ADD COLUMN days TEXT NOT NULL DEFAULT '';

-- A reading grant waits until a second person decides.
CREATE TABLE proposal (
  id         TEXT PRIMARY KEY,
  kind       TEXT NOT NULL,
  about      TEXT NOT NULL,
  body       TEXT NOT NULL,
  proposer   TEXT NOT NULL,
  at         BIGINT NOT NULL,
  state      TEXT NOT NULL,
  decider    TEXT NOT NULL,
  decided_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX proposal_waiting ON proposal (kind, about) WHERE state = 'waiting';
CREATE INDEX proposal_decided ON proposal (decided_at);

-- Until when a director looked at who may read what.
CREATE TABLE grants_seen (
  staff TEXT PRIMARY KEY REFERENCES staff (id),
  at    BIGINT NOT NULL
);

CREATE TABLE absence (
  id      TEXT PRIMARY KEY,
  staff   TEXT NOT NULL REFERENCES staff (id),
  from_on TEXT NOT NULL,
  to_on   TEXT NOT NULL,
  at      BIGINT NOT NULL,
  actor   TEXT NOT NULL
);
CREATE INDEX absence_on ON absence (to_on, from_on);

-- A second factor: the secret sealed, the last step used, and recovery codes as hashes.
CREATE TABLE second_factor (
  staff  TEXT PRIMARY KEY REFERENCES staff (id),
  sealed BYTEA NOT NULL,
  step   BIGINT NOT NULL,
  active BIGINT NOT NULL,
  at     BIGINT NOT NULL
);
CREATE TABLE recovery_code (
  staff TEXT NOT NULL REFERENCES staff (id),
  hash  BYTEA NOT NULL,
  PRIMARY KEY (staff, hash)
);

-- A session has a name of its own, to end it from elsewhere, and waits while its owner
-- has still to give a code. Who is logged in now logs in once more.
DELETE FROM session;
ALTER TABLE session ADD COLUMN id TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN waits TEXT NOT NULL DEFAULT '';
CREATE INDEX session_of ON session (staff);
