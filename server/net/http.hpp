// An HTTP request and its reply as plain values, so that routes know nothing of sockets. The session
// (http_session.hpp) makes the one and sends the other. Any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "content/result.hpp"
#include "server/net/file.hpp"

namespace trede::net {

struct Request {
  std::string method;
  std::string
      door;  // "/pupil", "/teacher", "/author": whose page asks, so that each has a cookie of its own; or ""
  std::string target;  // as sent, with its query, without the door
  std::string host;
  std::string origin;
  std::string token;    // of the session cookie
  std::string browser;  // of the cookie that binds a sign-in at the school's provider to this browser
  std::string range, if_range, if_none_match, accept_encoding;
  bool marked = false;  // has the header X-Trede, which a form of another site cannot set
  std::string body;
  std::string address;  // of the client
  bool secure = false;  // it came through TLS, ours or that of the web server in front
};

struct FileSlice {
  std::shared_ptr<const File> file;
  std::uint64_t first = 0;
  std::uint64_t length = 0;
};

struct Reply {
  unsigned status = 200;
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::variant<std::string, FileSlice> body = {};
};

std::uint64_t length_of(const Reply& reply);

// Status line and headers, with the security headers that every reply bears.
std::string head_of(const Reply& reply, bool keep_alive);

// The door before /api/ and /ws, "" elsewhere: "/pupil/api/me" → "/pupil", "/pupil/" → "".
std::string_view door_of(std::string_view target);

// The path of a target, without its query.
std::string_view path_of(std::string_view target);

Reply json_reply(unsigned status, std::string json);
Reply html_reply(unsigned status, std::string html);

// A refusal: protocol::Refused under /api/, a short page for people elsewhere.
Reply refusal(std::string_view target, unsigned status, ErrorCode code, std::string detail);
Reply refusal(std::string_view target, const Error& error);

}  // namespace trede::net
