SELECT json_extract(payload, '$.step.id'), COUNT(*), SUM(json_extract(payload, '$.outcome.right'))
FROM event
WHERE kind = 'step-taken' AND json_extract(payload, '$.step.kind') = 'exercise'
GROUP BY 1
