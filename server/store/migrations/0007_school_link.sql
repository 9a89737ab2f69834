-- The account that somebody of the staff has at the school's own provider, for signing in with it. A row of its own, so
-- that it goes with the account.
CREATE TABLE school_link (
  account INTEGER PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  link    TEXT    NOT NULL UNIQUE      -- HMAC of issuer and subject under the server's key: one outside account, one of ours
) STRICT;
