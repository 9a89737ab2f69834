DELETE FROM session WHERE account = ?
