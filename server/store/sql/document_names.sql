SELECT EXISTS (SELECT 1 FROM document WHERE instr(body, ?) > 0)
