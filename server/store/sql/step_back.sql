SELECT sequence, at_ms, kind, subject, number, payload FROM event
WHERE kind = 'step-taken'
ORDER BY sequence DESC LIMIT 1 OFFSET ?
