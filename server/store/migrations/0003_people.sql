-- More roles, accounts that are closed, guardians, hours for signing in. SQLite cannot change a CHECK:
-- the table is made anew with those that refer to it. AUTOINCREMENT: the number of somebody who is gone is never given
-- to another.
CREATE TABLE account_3 (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  school    INTEGER NOT NULL REFERENCES school (id),
  role      TEXT    NOT NULL CHECK (role IN ('pupil', 'teacher', 'author', 'guardian', 'leader', 'coordinator', 'administrator')),
  name      TEXT    NOT NULL,            -- pupils: first name, unique in the class; staff: sign-in name, unique in the role
  secret    TEXT    NOT NULL,            -- of a PIN: HMAC under the server's key; of a password: argon2id
  closed    INTEGER NOT NULL DEFAULT 0   -- nobody signs in with it
) STRICT;
INSERT INTO account_3 (id, school, role, name, secret) SELECT id, school, role, name, secret FROM account;
CREATE TABLE enrolment_3 (
  class   INTEGER NOT NULL REFERENCES class (id),
  account INTEGER NOT NULL REFERENCES account_3 (id),
  PRIMARY KEY (class, account)
) STRICT, WITHOUT ROWID;
INSERT INTO enrolment_3 SELECT class, account FROM enrolment;
CREATE TABLE session_3 (
  token_hash TEXT PRIMARY KEY,           -- BLAKE2b of the cookie's 32 random bytes
  account    INTEGER NOT NULL REFERENCES account_3 (id),
  expires_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO session_3 SELECT token_hash, account, expires_ms FROM session;
DROP TABLE enrolment;
DROP TABLE session;
DROP TABLE account;
ALTER TABLE account_3 RENAME TO account;
ALTER TABLE enrolment_3 RENAME TO enrolment;
ALTER TABLE session_3 RENAME TO session;
CREATE INDEX account_name ON account (role, name);

CREATE TABLE guardianship (
  guardian INTEGER NOT NULL REFERENCES account (id),
  pupil    INTEGER NOT NULL REFERENCES account (id),
  PRIMARY KEY (guardian, pupil)
) STRICT, WITHOUT ROWID;

-- When pupils may sign in: minutes of the day; classes that are there already stay open always.
ALTER TABLE class ADD COLUMN week_from INTEGER NOT NULL DEFAULT 0;
ALTER TABLE class ADD COLUMN week_until INTEGER NOT NULL DEFAULT 1440;
ALTER TABLE class ADD COLUMN weekend_from INTEGER NOT NULL DEFAULT 0;
ALTER TABLE class ADD COLUMN weekend_until INTEGER NOT NULL DEFAULT 1440;
ALTER TABLE class ADD COLUMN said TEXT NOT NULL DEFAULT '';              -- by the teacher: open, closed; '' = by the hours
ALTER TABLE class ADD COLUMN said_until_ms INTEGER NOT NULL DEFAULT 0;
