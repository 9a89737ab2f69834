SELECT sequence, at_ms, kind, subject, number, payload FROM event
WHERE kind = 'step-taken' AND at_ms >= ?
ORDER BY sequence LIMIT 1
