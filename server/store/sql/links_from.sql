SELECT sequence, at_ms, kind, subject, number, payload, sealed, chain FROM event WHERE sequence > ? ORDER BY sequence
