SELECT json_extract(payload, '$.step.id'), json_extract(payload, '$.step.bank'), subject, json_extract(payload, '$.why'),
  at_ms
FROM event
WHERE kind IN ('item-reported', 'item-put-aside') AND number = 0 AND json_extract(payload, '$.why') <> 'known'
ORDER BY sequence
