DELETE FROM enrolment WHERE account = ?
