SELECT sequence, at_ms, kind, subject, number, payload FROM event WHERE sequence > ? AND sequence <= ? ORDER BY sequence
