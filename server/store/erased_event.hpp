// The fact that a pupil was erased (erasure.hpp), as the journal keeps it; a kind of event like those of events.hpp and
// under the same law.
#pragma once

#include <boost/describe.hpp>
#include <string_view>
#include <vector>

#include "server/store/events.hpp"

namespace trede::store {

// An event from before words were sealed: they were taken out of the payload, and the hash of what is left stands for
// them in the chain.
struct ClearedEvent {
  Sequence sequence = 0;
  std::string hash;  // BLAKE2b-256 of the payload that is left, hexadecimal
};
BOOST_DESCRIBE_STRUCT(ClearedEvent, (), (sequence, hash))

// Name and words are gone, what was right and wrong stays. More than one event can hold are several in a row. Subject:
// the pupil.
struct PupilErased {
  static constexpr std::string_view tag = "pupil-erased";
  std::int64_t by = 0;  // account, 0 = the administrator at the machine itself
  std::vector<ClearedEvent> cleared;
};
BOOST_DESCRIBE_STRUCT(PupilErased, (), (by, cleared))

}  // namespace trede::store
