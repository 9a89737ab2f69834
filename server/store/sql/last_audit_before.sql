SELECT number, chain FROM audit
WHERE number < COALESCE((SELECT MIN(number) FROM audit WHERE at_ms >= ?), 9223372036854775807)
ORDER BY number DESC LIMIT 1
