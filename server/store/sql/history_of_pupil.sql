SELECT sequence, at_ms, kind, subject, number, payload, sealed, key FROM readable_event
WHERE subject = ? AND number > 0 AND number < ?
ORDER BY number DESC LIMIT ?
