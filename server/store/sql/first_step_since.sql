SELECT sequence, at_ms, kind, subject, number, payload, sealed, key FROM readable_event
WHERE kind = 'step-taken' AND at_ms >= ?
ORDER BY sequence LIMIT 1
