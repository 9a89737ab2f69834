#include "server/net/pages.hpp"

#include "server/net/range.hpp"

namespace trede::net {
namespace {

constexpr std::string_view start_page =
    "<!doctype html><html lang=\"nl\"><meta charset=\"utf-8\"><title>Trede</title><h1>Trede</h1>"
    "<p lang=\"nl\">De server werkt. De pagina’s zijn nog niet gebouwd: start Trede met <code>./dev "
    "run</code>.</p>"
    "<p lang=\"en\">The server works. The pages have not been built yet: start Trede with <code>./dev "
    "run</code>.</p></html>\n";

bool accepts_gzip(const Request& request) {
  return request.accept_encoding.find("gzip") != std::string::npos;
}

std::string caching(std::string_view relative) {
  return relative.starts_with("assets/") ? "public, max-age=31536000, immutable" : "no-cache";
}

Reply send_file(const std::filesystem::path& web, const std::string& relative,
                std::shared_ptr<const File> file, const Request& request) {
  const auto packed = File::open(web, relative + ".gz");
  const bool send_packed = packed && accepts_gzip(request) && request.range.empty();
  Reply reply =
      file_reply(request, send_packed ? packed : std::move(file), mime_of(relative), caching(relative));
  if (packed) reply.headers.emplace_back("Vary", "Accept-Encoding");
  if (send_packed && reply.status == 200) reply.headers.emplace_back("Content-Encoding", "gzip");
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
