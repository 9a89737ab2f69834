SELECT number, at_ms, actor, action, subject FROM audit
WHERE (subject = ?1 AND action NOT LIKE 'class-%' AND action NOT LIKE 'school-%'
       AND action NOT IN ('lesson-planned', 'groups-saved'))
   OR (action LIKE 'class-%' AND subject IN (SELECT class FROM enrolment WHERE account = ?1))
   OR (action LIKE 'school-%' AND subject = (SELECT school FROM account WHERE id = ?1))
ORDER BY number
