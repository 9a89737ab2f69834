SELECT json_extract(payload, '$.next.topic'), json_extract(payload, '$.next.gap'), COUNT(DISTINCT subject)
FROM event
WHERE sequence >= ? AND at_ms >= ? AND kind = 'step-taken' AND json_extract(payload, '$.next.gap') IS NOT NULL
GROUP BY 1, 2 ORDER BY 3 DESC, 1
