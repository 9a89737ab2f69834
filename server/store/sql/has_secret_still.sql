SELECT 1 FROM account WHERE id = ? AND secret = ? AND closed = 0
