SELECT guardian, pupil FROM guardianship ORDER BY guardian, pupil
