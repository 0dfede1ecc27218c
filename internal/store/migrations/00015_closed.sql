-- +goose Up
-- The post room looks at what was closed lately, however much was closed before.
CREATE INDEX dossier_closed ON dossier (closed_on, id) WHERE closed_on <> '';
