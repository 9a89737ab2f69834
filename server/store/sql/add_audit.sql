INSERT INTO audit (number, at_ms, actor, action, subject, chain) VALUES (?, ?, ?, ?, ?, ?)
