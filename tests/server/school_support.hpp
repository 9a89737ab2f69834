// A TestSchool whose staff may sign in at a TestProvider, and the ways there and back.
#pragma once

#include "tests/server/net_support.hpp"
#include "tests/server/privacy_support.hpp"
#include "tests/server/test_provider.hpp"

namespace trede::net {

// What a browser knows that is on its way.
struct Way {
  std::string address;      // at the provider
  std::string cookie_text;  // Set-Cookie
  std::string cookie;       // trede-school=…

  std::string parameter(const std::string& name) const;  // of the address
};

std::string sha256_base64(const std::string& text);

struct SchoolWithProvider {
  TestProvider provider;
  TestSchool school{[this](ServerConfig& config) { config.provider = provider.config(); }};

  std::uint16_t port() const { return school.port(); }
  std::string teacher() const;  // "Cookie: …\r\n" of juf, by password

  Way begin(const std::string& role, const std::string& door = "") const;
  Way begin_link(const std::string& cookie) const;
  // The page /school/ hands over the code. cookie: a whole line, of a session.
  Answer finish(const Way& way, const std::string& cookie = "", const std::string& code = "good",
                const std::string& door = "") const;

  // What an honest provider says of this way. more: members that are said as well, with their comma.
  std::string claims(const Way& way, const std::string& subject, const std::string& more = "") const;
  std::string token(const Way& way, const std::string& subject, const TestKey& key = test_rsa_key()) const;

  Answer sign_in_as(const std::string& subject, const TestKey& key = test_rsa_key(),
                    const std::string& role = "teacher");
  Answer link(const std::string& cookie, const std::string& subject);
  std::string own_state(const std::string& cookie) const;
  std::string link_of(const std::string& subject) const;
  accounts::Account juf();
  void change(store::Change change);  // as an administrator does, about juf, who is signed out
};

}  // namespace trede::net
