INSERT INTO audit_begin (number, chain) VALUES (?, ?)
