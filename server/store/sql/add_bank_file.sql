INSERT INTO bank_file (version, path, hash) VALUES (?, ?, ?)
