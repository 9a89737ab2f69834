SELECT id, school, role, name, secret, closed FROM account
