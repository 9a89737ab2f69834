// Reads bank.json, topics.json and the videos into a bank; tells every problem. Private to the content
// library (see loader.hpp).
#pragma once

#include "content/document.hpp"
#include "content/item_bank.hpp"
#include "content/loader.hpp"

namespace trede::content {

void read_bank(const Field& root, ItemBank& bank);
void read_topics(const Field& root, ItemBank& bank);  // after read_bank

// `source` says which files exist beside video.json.
std::optional<Video> read_video(const Field& root, const std::string& file, const ItemBank& bank,
                                const Source& source);

// What can be read of a source: only the items without problems, and not indexed.
ItemBank read_source(const Source& source, Problems& problems);

}  // namespace trede::content
