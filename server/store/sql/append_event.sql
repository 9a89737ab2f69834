INSERT INTO event (at_ms, kind, subject, number, payload) VALUES (?, ?, ?, ?, ?)
