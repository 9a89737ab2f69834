SELECT school, role, name FROM account WHERE id = ?
