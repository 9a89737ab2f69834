INSERT INTO event (sequence, at_ms, kind, subject, number, payload, sealed, chain) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
