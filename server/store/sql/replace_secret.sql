UPDATE account SET secret = ?3 WHERE id = ?1 AND secret = ?2
