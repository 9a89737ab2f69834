-- The second step of signing in, for staff who want one. A row of its own, so that it goes with the account.
CREATE TABLE second_step (
  account INTEGER PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  sealed  BLOB    NOT NULL,            -- the secret of the codes, under the server's key and bound to the account
  used    INTEGER NOT NULL             -- the half minute of the newest code that was taken: a code is good once
) STRICT;
