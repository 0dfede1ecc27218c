-- +goose Up
-- A start password was seen by who handed it over: its owner chooses a new one first.
ALTER TABLE staff ADD COLUMN must_change BIGINT NOT NULL DEFAULT 0;
