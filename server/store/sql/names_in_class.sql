SELECT account.name FROM enrolment JOIN account ON account.id = enrolment.account
WHERE enrolment.class = ? AND account.role = 'pupil' AND account.closed = 0
