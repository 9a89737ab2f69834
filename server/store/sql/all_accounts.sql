SELECT id, school, role, name, secret FROM account
