-- Each event's hash of itself and of the hash before it (server/store/chain.hpp); computed for older events at the first start.
ALTER TABLE event ADD COLUMN chain BLOB;
