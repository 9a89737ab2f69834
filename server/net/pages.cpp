#include "server/net/pages.hpp"

#include <array>

#include "content/trim.hpp"
#include "server/net/range.hpp"

namespace trede::net {
namespace {

constexpr std::string_view start_page =
    "<!doctype html><html lang=\"nl\"><meta charset=\"utf-8\"><title>Trede</title><h1>Trede</h1>"
    "<p lang=\"nl\">De server werkt. De pagina’s zijn nog niet gebouwd: start Trede met <code>./dev "
    "run</code>.</p>"
    "<p lang=\"en\">The server works. The pages have not been built yet: start Trede with <code>./dev "
    "run</code>.</p></html>\n";

struct Packing {
  std::string_view name;    // in Accept-Encoding and Content-Encoding
  std::string_view ending;  // of the packed file beside the plain one
};
constexpr std::array packings = {Packing{"br", ".br"}, Packing{"gzip", ".gz"}};  // the smaller first

// A name of the list without "q=0", which would forbid it.
bool accepts(std::string_view list, std::string_view name) {
  while (!list.empty()) {
    const std::size_t end = list.find(',');
    const std::string_view entry = list.substr(0, end);
    const std::size_t parameters = entry.find(';');
    if (content::trim(entry.substr(0, parameters)) == name) {
      const std::string_view weight = parameters == entry.npos ? "" : content::trim(entry.substr(parameters + 1));
      return !(weight.starts_with("q=0") && weight.find_first_not_of("0.", 2) == weight.npos);
    }
    list = end == list.npos ? std::string_view() : list.substr(end + 1);
  }
  return false;
}

std::string caching(std::string_view relative) {
  return relative.starts_with("assets/") ? "public, max-age=31536000, immutable" : "no-cache";
}

Reply send_file(const std::filesystem::path& web, const std::string& relative,
                std::shared_ptr<const File> file, const Request& request) {
  bool is_packable = false;
  for (const Packing& packing : packings) {
    auto packed = File::open(web, relative + std::string(packing.ending));
    is_packable = is_packable || packed;
    if (!packed || !request.range.empty() || !accepts(request.accept_encoding, packing.name)) continue;
    Reply reply = file_reply(request, std::move(packed), mime_of(relative), caching(relative));
    reply.headers.emplace_back("Vary", "Accept-Encoding");
    if (reply.status == 200) reply.headers.emplace_back("Content-Encoding", packing.name);
    return reply;
  }
  Reply reply = file_reply(request, std::move(file), mime_of(relative), caching(relative));
  if (is_packable) reply.headers.emplace_back("Vary", "Accept-Encoding");
  return reply;
}

}  // namespace

Reply page_reply(const std::filesystem::path& web, const Request& request) {
  const auto path = relative_path(request.target);
  if (!path) return refusal(request.target, 404, ErrorCode::NotFound, "no such page");
  const bool is_folder = path->empty() || path->back() == '/';
  const std::string relative = is_folder ? *path + "index.html" : *path;
  if (auto file = File::open(web, relative)) return send_file(web, relative, std::move(file), request);
  if (path->empty()) return html_reply(200, std::string(start_page));
  if (!is_folder && File::open(web, *path + "/index.html"))
    return {308, {{"Location", std::string(path_of(request.target)) + '/'}, {"Cache-Control", "no-cache"}}};
  return refusal(request.target, 404, ErrorCode::NotFound, "no such page");
}

}  // namespace trede::net
