DELETE FROM guardianship WHERE guardian = ?
