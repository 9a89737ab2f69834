SELECT sequence, at_ms, kind, subject, number, payload, chain FROM event WHERE sequence > ? ORDER BY sequence
