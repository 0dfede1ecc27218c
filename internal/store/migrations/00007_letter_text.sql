-- +goose Up
-- Which version of the text a letter asks to confirm, and the day on which a newer
-- version took its place before the letter went out.
ALTER TABLE letter ADD COLUMN text_version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE letter ADD COLUMN lapsed_on TEXT NOT NULL DEFAULT '';
