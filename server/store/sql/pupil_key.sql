SELECT key FROM pupil_key WHERE account = ?
