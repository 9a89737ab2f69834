INSERT INTO class (school, name, code, school_year, demo, week_from, week_until, weekend_from, weekend_until)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
