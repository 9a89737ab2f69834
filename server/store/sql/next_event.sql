SELECT sequence, at_ms FROM event WHERE sequence >= ? ORDER BY sequence LIMIT 1
