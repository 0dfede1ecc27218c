-- +goose Up
-- The post room looks for what came back among the dossiers to which something did: those
-- that are closed lately grow with all that was ever closed. It says that a letter of the
-- dossier came back once; the course says whether anything must still be done.
ALTER TABLE dossier ADD COLUMN came_back BIGINT NOT NULL DEFAULT 0;
UPDATE dossier SET came_back = 1 WHERE id IN (SELECT dossier FROM event WHERE kind = 'contact_made' AND open LIKE '%"outcome":"returned"%');
CREATE INDEX dossier_came_back ON dossier (closed_on, id) WHERE came_back = 1;
