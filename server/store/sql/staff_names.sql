SELECT name FROM account WHERE role = ?
