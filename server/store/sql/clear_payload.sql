UPDATE event SET payload = ? WHERE sequence = ?
