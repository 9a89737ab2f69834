SELECT id, name FROM school
