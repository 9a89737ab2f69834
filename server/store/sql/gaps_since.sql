SELECT json_extract(payload, '$.next.topic'), json_extract(payload, '$.next.gap'), COUNT(DISTINCT subject)
FROM event
WHERE kind = 'step-taken' AND at_ms >= ? AND json_extract(payload, '$.next.gap') IS NOT NULL
GROUP BY 1, 2 ORDER BY 3 DESC, 1
