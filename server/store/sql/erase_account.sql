DELETE FROM account WHERE id = ? AND role = 'pupil'
