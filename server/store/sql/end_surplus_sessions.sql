DELETE FROM session WHERE account = ?1 AND token_hash NOT IN
(SELECT token_hash FROM session WHERE account = ?1 ORDER BY expires_ms DESC, token_hash LIMIT ?2)
