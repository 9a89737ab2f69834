// What pupils typed (answers, questions at videos) is kept apart from the rest of an event: sealed with
// XChaCha20-Poly1305 (libsodium) under a key of that pupil's own, bound to the event's place in the journal. The hash
// chain covers the sealed bytes. To erase the words of a pupil is to destroy the key: every event keeps its bytes.
// Sealing happens on the journal's thread; reading on any connection. Events in memory have their words in the payload.
#pragma once

#include <optional>
#include <string>

#include "server/ids.hpp"
#include "server/store/database.hpp"
#include "server/store/events.hpp"

namespace trede::store {

// Takes the words out of the payload, which has an empty text in their place; empty when there are none. They are as
// JSON writes them, without the quotes.
std::string take_words(Event& event);
// Puts them back.
void put_words(Event& event, const std::string& words);

using WordsKey = std::string;  // 32 bytes

// Nonce and cipher, bound to the place: an event's, or an account's for what is sealed elsewhere.
std::string seal(const WordsKey& key, Sequence sequence, const std::string& words);
// None when the key is another one or the bytes were changed.
std::optional<std::string> unseal(const WordsKey& key, Sequence sequence, const std::string& sealed);

// The pupil's key, made when there is none yet; empty when there is no such account (any more). Inside a change of the
// journal.
WordsKey key_of(Database& database, PupilId pupil);

// The event as its link covers it: the sealed bytes in hexadecimal on a line of their own after the payload, which JSON
// writes on one line.
Event with_sealed(Event event, const std::string& sealed);

}  // namespace trede::store
