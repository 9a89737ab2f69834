-- The journal: every durable fact, in order. A sequence number is never used twice.
CREATE TABLE event (
  sequence INTEGER PRIMARY KEY,
  at_ms    INTEGER NOT NULL,
  kind     TEXT    NOT NULL,
  subject  INTEGER NOT NULL,           -- the pupil, class or lesson it is about
  number   INTEGER NOT NULL DEFAULT 0, -- the pupil's own running number; 0 for events that are no step
  payload  TEXT    NOT NULL
) STRICT;
CREATE UNIQUE INDEX event_step ON event (subject, number) WHERE number > 0;
CREATE INDEX event_subject ON event (subject, sequence);

-- The bank, by content: a version names its files, a file's text is stored once however many versions name it.
CREATE TABLE document (
  hash TEXT PRIMARY KEY,               -- hexadecimal BLAKE2b of the text
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE bank (
  version INTEGER PRIMARY KEY,
  at_ms   INTEGER NOT NULL,
  author  INTEGER                      -- account, NULL = the starter content
) STRICT;
CREATE TABLE bank_file (
  version INTEGER NOT NULL REFERENCES bank (version),
  path    TEXT    NOT NULL,
  hash    TEXT    NOT NULL REFERENCES document (hash),
  PRIMARY KEY (version, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE school (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL
) STRICT;
CREATE TABLE class (
  id          INTEGER PRIMARY KEY,
  school      INTEGER NOT NULL REFERENCES school (id),
  name        TEXT NOT NULL,
  code        TEXT NOT NULL UNIQUE,    -- what its pupils type to sign in
  school_year TEXT NOT NULL,           -- id of a school year of the bank
  demo        INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE account (
  id     INTEGER PRIMARY KEY,
  school INTEGER NOT NULL REFERENCES school (id),
  role   TEXT NOT NULL CHECK (role IN ('pupil', 'teacher', 'author')),
  name   TEXT NOT NULL,                -- pupils: first name, unique in the class; staff: sign-in name, unique in the school
  secret TEXT NOT NULL                 -- argon2id of PIN or password
) STRICT;
CREATE INDEX account_name ON account (role, name);
CREATE TABLE enrolment (
  class   INTEGER NOT NULL REFERENCES class (id),
  account INTEGER NOT NULL REFERENCES account (id),
  PRIMARY KEY (class, account)
) STRICT, WITHOUT ROWID;
CREATE TABLE session (
  token_hash TEXT PRIMARY KEY,         -- BLAKE2b of the cookie's 32 random bytes
  account    INTEGER NOT NULL REFERENCES account (id),
  expires_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
