INSERT INTO class (school, name, code, school_year, demo) VALUES (?, ?, ?, ?, ?)
