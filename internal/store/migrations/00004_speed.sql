-- +goose Up
-- The register of who sees only some dossiers is read in its order, by handler or by who
-- took them in. What is open has dossier_work.
DROP INDEX dossier_handler;
CREATE INDEX dossier_handler ON dossier (handler, received_on, id);
CREATE INDEX dossier_received_by ON dossier (received_by, received_on, id);
