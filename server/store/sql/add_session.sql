INSERT INTO session (token_hash, account, expires_ms) VALUES (?, ?, ?)
