UPDATE class SET week_from = ?2, week_until = ?3, weekend_from = ?4, weekend_until = ?5, said = ?6, said_until_ms = ?7
WHERE id = ?1
