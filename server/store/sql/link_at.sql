SELECT chain FROM event WHERE sequence = ?
