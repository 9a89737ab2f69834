SELECT sequence, at_ms, kind, subject, number, payload, sealed, key FROM readable_event
WHERE sequence >= ? AND at_ms >= ? AND kind = 'step-taken'
ORDER BY sequence LIMIT 1
