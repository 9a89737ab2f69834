SELECT token_hash, account, expires_ms FROM session WHERE expires_ms > ? ORDER BY token_hash
