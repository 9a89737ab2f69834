DELETE FROM audit_begin
