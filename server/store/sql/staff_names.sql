SELECT name FROM account WHERE role = ? AND closed = 0
