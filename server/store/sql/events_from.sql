SELECT sequence, at_ms, kind, subject, number, payload, sealed, key FROM readable_event WHERE sequence > ? AND sequence <= ? ORDER BY sequence
