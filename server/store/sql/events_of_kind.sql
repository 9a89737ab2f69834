SELECT sequence, at_ms, kind, subject, number, payload FROM event WHERE kind = ? ORDER BY sequence
