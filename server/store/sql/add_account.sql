INSERT INTO account (school, role, name, secret) VALUES (?, ?, ?, ?)
