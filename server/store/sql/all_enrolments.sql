SELECT class, account FROM enrolment ORDER BY class, account
