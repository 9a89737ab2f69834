SELECT number, chain FROM audit_begin
