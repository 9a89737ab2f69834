#include "server/net/http.hpp"

#include "server/protocol/codec.hpp"
#include "server/protocol/messages.hpp"

namespace trede::net {
namespace {

// Only our own scripts, styles and pictures, nothing inline, no frames: what a pupil typed can never run.
constexpr std::string_view security_headers =
    "Content-Security-Policy: default-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "media-src 'self' blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n";

std::string_view status_text(unsigned status) {
  static constexpr std::pair<unsigned, std::string_view> table[] = {
      {200, "OK"},
      {206, "Partial Content"},
      {304, "Not Modified"},
      {308, "Permanent Redirect"},
      {400, "Bad Request"},
      {401, "Unauthorized"},
      {403, "Forbidden"},
      {404, "Not Found"},
      {405, "Method Not Allowed"},
      {409, "Conflict"},
      {413, "Content Too Large"},
      {416, "Range Not Satisfiable"},
      {421, "Misdirected Request"},
      {426, "Upgrade Required"},
      {429, "Too Many Requests"},
      {431, "Request Header Fields Too Large"},
      {503, "Service Unavailable"},
  };
  for (const auto& [known, text] : table)
    if (known == status) return text;
  return "Error";
}

std::string_view sentence_for(unsigned status) {
  switch (status) {
    case 404:
      return "<p lang=\"nl\">Deze pagina bestaat niet.</p><p lang=\"en\">This page does not exist.</p>";
    case 421:
      return "<p lang=\"nl\">Trede zit niet op dit adres. Open http://localhost met het poortnummer.</p>"
             "<p lang=\"en\">Trede is not at this address. Open http://localhost with its port.</p>";
    case 503:
      return "<p lang=\"nl\">Dit lukt nu even niet. Probeer het zo nog eens.</p>"
             "<p lang=\"en\">This does not work right now. Please try again in a moment.</p>";
    default:
      return "<p lang=\"nl\">Dit kan hier niet.</p><p lang=\"en\">This cannot be done here.</p>";
  }
}

}  // namespace

std::uint64_t length_of(const Reply& reply) {
  const auto* slice = std::get_if<FileSlice>(&reply.body);
  return slice ? slice->length : std::get<std::string>(reply.body).size();
}

std::string head_of(const Reply& reply, bool keep_alive) {
  std::string head =
      "HTTP/1.1 " + std::to_string(reply.status) + ' ' + std::string(status_text(reply.status)) + "\r\n";
  for (const auto& [name, value] : reply.headers) head += name + ": " + value + "\r\n";
  head += security_headers;
  if (reply.status != 304) head += "Content-Length: " + std::to_string(length_of(reply)) + "\r\n";
  if (!keep_alive) head += "Connection: close\r\n";
  return head + "\r\n";
}

std::string_view door_of(std::string_view target) {
  for (const std::string_view door : {"/pupil", "/teacher", "/author", "/guardian", "/leader", "/talent", "/admin"}) {
    if (!target.starts_with(door)) continue;
    const std::string_view path = path_of(target.substr(door.size()));
    return path.starts_with("/api/") || path == "/ws" ? door : std::string_view();
  }
  return {};
}

std::string_view path_of(std::string_view target) {
  return target.substr(0, target.find('?'));
}

Reply json_reply(unsigned status, std::string json) {
  return {status, {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}}, std::move(json)};
}

Reply html_reply(unsigned status, std::string html) {
  return {
      status, {{"Content-Type", "text/html; charset=utf-8"}, {"Cache-Control", "no-cache"}}, std::move(html)};
}

Reply refusal(std::string_view target, unsigned status, ErrorCode code, std::string detail) {
  if (target.starts_with("/api/")) {
    const protocol::Refused refused{"", std::string(protocol::word(code)), std::move(detail)};
    return json_reply(status, protocol::encode(refused));
  }
  return html_reply(
      status, "<!doctype html><html lang=\"nl\"><meta charset=\"utf-8\"><title>Trede</title><h1>Trede</h1>" +
                  std::string(sentence_for(status)) + "<p><a href=\"/\">Trede</a></p></html>\n");
}

Reply refusal(std::string_view target, const Error& error) {
  return refusal(target, protocol::http_status(error.code), error.code, error.detail);
}

}  // namespace trede::net
