SELECT id FROM account
WHERE role = 'pupil' AND NOT EXISTS (SELECT 1 FROM enrolment WHERE enrolment.account = account.id)
AND (SELECT MAX(at_ms) FROM event WHERE subject = account.id AND number > 0) < ?
ORDER BY id
