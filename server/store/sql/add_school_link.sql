INSERT INTO school_link (account, link)
SELECT id, ?2 FROM account
WHERE id = ?1 AND closed = 0 AND role <> 'pupil'
  AND EXISTS (SELECT 1 FROM session WHERE token_hash = ?3 AND session.account = ?1)
