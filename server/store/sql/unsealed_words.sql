SELECT sequence, kind, payload FROM event
WHERE subject = ? AND sealed IS NULL AND kind IN ('step-taken', 'question-asked') ORDER BY sequence
