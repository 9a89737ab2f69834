SELECT sequence, chain FROM event ORDER BY sequence DESC LIMIT 1
