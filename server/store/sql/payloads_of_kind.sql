SELECT sequence, payload FROM event WHERE kind = ? ORDER BY sequence
