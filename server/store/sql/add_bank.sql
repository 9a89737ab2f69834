INSERT INTO bank (version, at_ms, author) VALUES (?, ?, ?)
