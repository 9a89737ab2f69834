SELECT id, school, name, code, school_year, demo FROM class
