SELECT sequence, payload FROM event WHERE kind = ? AND number = 0 ORDER BY sequence
