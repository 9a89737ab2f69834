DELETE FROM school_link WHERE account = ?
