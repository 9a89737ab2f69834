UPDATE event SET chain = ? WHERE sequence = ?
