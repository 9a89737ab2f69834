DELETE FROM pupil_key WHERE account = ?
