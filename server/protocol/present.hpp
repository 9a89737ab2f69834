// Things of the bank as parts of messages, in one language. Pure; any thread.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "content/item_bank.hpp"
#include "server/protocol/parts.hpp"

namespace trede::protocol {

std::vector<TopicRow> topic_rows(const content::ItemBank& bank, Language language);

// position_s and watched are the pupil's own; 0 for others.
VideoView video_view(const content::ItemBank& bank, int video, Language language);

// An upload's name, made of its content (store::content_hash) and an ending.
bool is_content_hash(std::string_view file);

// Where the browser finds a file of a video: uploads by their content's hash, shipped files in their folder.
std::string media_url(const content::Video& video, std::string_view file);

// The text without formatting, MathML reduced to its characters; for lists and logs of answers.
std::string plain_text(const RichText& text);

// The beginning of the question as drawn first, for lists.
std::string preview_of(const content::Item& item, Language language);

// Of those that the bank has.
std::vector<ItemName> item_names(const content::ItemBank& bank, const std::set<std::string>& ids,
                                 Language language);

}  // namespace trede::protocol
