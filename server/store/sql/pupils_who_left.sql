SELECT id FROM account
WHERE role = 'pupil' AND id NOT IN (SELECT account FROM enrolment)
AND (SELECT at_ms FROM event WHERE subject = account.id AND number > 0 ORDER BY number DESC LIMIT 1) < ?
ORDER BY id
