SELECT sequence, at_ms, kind, subject, number, payload, sealed, key FROM readable_event
WHERE kind = ? AND number = 0
ORDER BY sequence
