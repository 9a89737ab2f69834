DELETE FROM second_step WHERE account = ?
