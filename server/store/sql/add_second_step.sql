INSERT INTO second_step (account, sealed, used) VALUES (?, ?, ?)
