SELECT number, chain FROM audit ORDER BY number DESC LIMIT 1
