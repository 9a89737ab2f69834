SELECT sequence, at_ms, kind, subject, number, payload FROM event WHERE sequence > ? ORDER BY sequence
