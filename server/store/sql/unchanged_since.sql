SELECT path, MIN(version) FROM bank_file
WHERE (path, hash) IN (SELECT path, hash FROM bank_file WHERE version = ?)
GROUP BY path
