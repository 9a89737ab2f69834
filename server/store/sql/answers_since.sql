SELECT at_ms, json_extract(payload, '$.step.topic'), json_extract(payload, '$.outcome.right'),
  json_extract(payload, '$.mean_after')
FROM event
WHERE subject = ? AND number > 0 AND at_ms >= ? AND kind = 'step-taken'
  AND json_extract(payload, '$.step.kind') = 'exercise' AND json_extract(payload, '$.rapid') IS NOT 1
ORDER BY number
