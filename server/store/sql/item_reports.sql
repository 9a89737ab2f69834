SELECT json_extract(payload, '$.step.id'), json_extract(payload, '$.why'), COUNT(DISTINCT subject), MAX(at_ms)
FROM event
WHERE kind IN ('item-reported', 'item-put-aside') AND json_extract(payload, '$.why') <> 'known'
GROUP BY 1, 2 ORDER BY 3 DESC, 1
