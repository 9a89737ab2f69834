SELECT number, at_ms, actor, action, subject, chain FROM audit ORDER BY number
