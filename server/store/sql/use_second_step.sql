UPDATE second_step SET used = ?2 WHERE account = ?1 AND used < ?2
