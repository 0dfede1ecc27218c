-- +goose Up
-- The request of the last step on a card, as a keyed hash: a double click gets the answer
-- of the first one, also when the card is out of sight since.
ALTER TABLE quick_card ADD COLUMN request BYTEA NOT NULL DEFAULT '';

-- Two people may each keep what they typed of one card.
CREATE TABLE intake_draft_of (
  id           TEXT NOT NULL,
  owner        TEXT NOT NULL,
  channel      TEXT NOT NULL,
  called_on    TEXT NOT NULL,
  at           BIGINT NOT NULL,
  content_key  BYTEA NOT NULL,
  identity_key BYTEA NOT NULL,
  sealed       BYTEA NOT NULL,
  PRIMARY KEY (id, owner)
);
INSERT INTO intake_draft_of (id, owner, channel, called_on, at, content_key, identity_key, sealed)
  SELECT id, owner, channel, called_on, at, content_key, identity_key, sealed FROM intake_draft;
DROP TABLE intake_draft;
ALTER TABLE intake_draft_of RENAME TO intake_draft;
CREATE INDEX intake_draft_owner ON intake_draft (owner);
