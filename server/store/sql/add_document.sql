INSERT OR IGNORE INTO document (hash, body) VALUES (?, ?)
