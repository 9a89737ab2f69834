SELECT sequence, at_ms, kind, subject, number, payload FROM event
WHERE subject = ? AND number > 0 AND number < ?
ORDER BY number DESC LIMIT ?
