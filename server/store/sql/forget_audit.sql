DELETE FROM audit WHERE number <= ?
