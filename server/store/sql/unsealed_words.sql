SELECT sequence, kind, payload FROM event
WHERE subject = ?1 AND number > 0 AND kind = 'step-taken' AND sealed IS NULL
UNION ALL
SELECT sequence, kind, payload FROM event
WHERE kind = 'question-asked' AND number = 0 AND subject = ?1 AND sealed IS NULL
ORDER BY sequence
