INSERT INTO school (name) VALUES (?)
