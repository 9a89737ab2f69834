INSERT INTO pupil_key (account, key) SELECT id, ?2 FROM account WHERE id = ?1
