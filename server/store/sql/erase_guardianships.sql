DELETE FROM guardianship WHERE pupil = ?
