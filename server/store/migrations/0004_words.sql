-- What pupils typed, encrypted (server/store/words.hpp). An event's hash covers these bytes; NULL: nothing was typed, or it
-- was before words were sealed.
ALTER TABLE event ADD COLUMN sealed BLOB;
-- The key to a pupil's words, the only copy: without it they are noise for ever.
CREATE TABLE pupil_key (
  account INTEGER PRIMARY KEY,
  key     BLOB NOT NULL
) STRICT;
CREATE VIEW readable_event AS
SELECT sequence, at_ms, kind, subject, number, payload, sealed,
       CASE WHEN sealed IS NOT NULL THEN (SELECT key FROM pupil_key WHERE account = event.subject) END AS key
FROM event;

-- Who saw or changed whose data (server/store/audit.hpp). An entry is never changed; each carries a hash of itself and of
-- the one before. A number is never used twice.
CREATE TABLE audit (
  number  INTEGER PRIMARY KEY AUTOINCREMENT,
  at_ms   INTEGER NOT NULL,
  actor   INTEGER NOT NULL,            -- account, 0 = the administrator at the machine itself
  action  TEXT    NOT NULL,
  subject INTEGER NOT NULL,            -- the pupil, class or account it was done to, 0 = the school
  chain   BLOB    NOT NULL
) STRICT;
CREATE INDEX audit_subject ON audit (subject, number);
CREATE INDEX audit_recent ON audit (actor, action, subject, at_ms);
-- The last entry that was taken out when its time was over: the chain goes on from there. One row at most.
CREATE TABLE audit_begin (
  number INTEGER PRIMARY KEY,
  chain  BLOB NOT NULL
) STRICT;
