-- What teachers decided, pupils reported, the night published: found without reading the answers between.
CREATE INDEX event_other ON event (kind, sequence) WHERE number = 0;
