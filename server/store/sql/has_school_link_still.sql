SELECT 1 FROM school_link JOIN account ON account.id = school_link.account
WHERE school_link.account = ? AND link = ? AND closed = 0
