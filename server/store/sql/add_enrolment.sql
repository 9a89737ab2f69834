INSERT INTO enrolment (class, account) VALUES (?, ?)
