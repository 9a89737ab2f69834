SELECT sequence, at_ms, kind, subject, number, payload, sealed, key FROM readable_event
WHERE kind = 'step-taken'
ORDER BY sequence DESC LIMIT 1 OFFSET ?
