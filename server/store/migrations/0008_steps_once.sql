-- An answer is written to one index, event_step: half the pages of the log were these two. No statement looks for all that
-- is about a subject.
DROP INDEX event_subject;
