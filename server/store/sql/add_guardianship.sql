INSERT INTO guardianship (guardian, pupil) VALUES (?, ?)
