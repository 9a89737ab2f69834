// A teacher's page without a browser: what it says goes through the real conversation on a real loop, what it hears
// is kept. One thread.
#pragma once

#include <memory>
#include <string>

#include "server/protocol/codec.hpp"
#include "tests/server/practice_support.hpp"

namespace trede::practice {

class TeacherDesk {
 public:
  // Of the school's teacher, whose class is the first; watches it.
  explicit TeacherDesk(PracticeSchool& school);
  ~TeacherDesk();

  // The whole reply, refused or not.
  template <class Message>
  boost::json::object ask(const Message& message) {
    return hear(protocol::encode(message));
  }
  // The reply's type, or the code when it was refused.
  template <class Message>
  std::string outcome(const Message& message) {
    const auto reply = ask(message);
    const char* member = reply.at("type") == "refused" ? "code" : "type";
    return std::string(reply.at(member).as_string());
  }

 private:
  class Ear;
  boost::json::object hear(std::string text);

  PracticeSchool& school_;
  std::shared_ptr<Ear> ear_;
  std::unique_ptr<net::Conversation> conversation_;
};

}  // namespace trede::practice
