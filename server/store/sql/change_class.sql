UPDATE class SET name = ?2, school_year = ?3 WHERE id = ?1
