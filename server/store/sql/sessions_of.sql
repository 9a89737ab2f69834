SELECT expires_ms FROM session WHERE account = ? ORDER BY expires_ms
