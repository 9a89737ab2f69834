-- Older events are linked all at once, so the first one tells of all.
SELECT chain IS NULL FROM event ORDER BY sequence LIMIT 1
