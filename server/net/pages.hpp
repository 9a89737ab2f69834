// The built pages: files of the web folder, and a page of our own where there are none. Pure but for reading
// files; any thread.
#pragma once

#include <filesystem>

#include "server/net/http.hpp"

namespace trede::net {

// The file that the target names: "/" and "/pupil/" are their index.html. What lies under /assets/ has its
// hash in its name and is kept for ever; everything else is asked for again and answered by its ETag. A .br
// or .gz beside a file is sent to those who accept it.
Reply page_reply(const std::filesystem::path& web, const Request& request);

}  // namespace trede::net
