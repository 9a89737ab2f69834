SELECT sequence, at_ms, subject, json_extract(payload, '$.step.id'), json_extract(payload, '$.step.bank'),
  json_extract(payload, '$.step.predicted'), json_extract(payload, '$.outcome.right'),
  json_extract(payload, '$.rapid'), json_extract(payload, '$.step.kind') = 'video', json_extract(payload, '$.watched'),
  json_extract(payload, '$.step.reason'), json_extract(payload, '$.step.probability'),
  json_extract(payload, '$.step.withheld')
FROM event
WHERE sequence > ? AND kind = 'step-taken'
ORDER BY sequence
