// The file of one pupil as a page that needs nothing else: no script, no picture, no address; opens in any browser and
// prints. Every text from outside is escaped. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "server/privacy/pupil_file.hpp"

namespace trede::privacy {

std::string escaped(std::string_view text);  // for HTML, between tags and in quoted attributes

std::string page_of(const PupilFile& file, protocol::Language language);

}  // namespace trede::privacy
