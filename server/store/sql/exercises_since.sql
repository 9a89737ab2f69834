SELECT sequence, at_ms, subject, json_extract(payload, '$.step.id'), json_extract(payload, '$.step.bank'),
  json_extract(payload, '$.step.predicted'), json_extract(payload, '$.outcome.right'),
  json_extract(payload, '$.rapid')
FROM event
WHERE sequence > ? AND kind = 'step-taken' AND json_extract(payload, '$.step.kind') = 'exercise'
ORDER BY sequence
