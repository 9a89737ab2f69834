// The hostile texts of tests/hostile, one a line, and how to put them into every text of a message. Pure; any thread.
#pragma once

#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "server/protocol/codec.hpp"

namespace trede::hostile {

inline std::vector<std::string> corpus(const std::string& name) {
  std::vector<std::string> texts;
  std::ifstream stream(TREDE_SOURCE_DIR "/tests/hostile/" + name);
  for (std::string line; std::getline(stream, line);)
    if (!line.empty()) texts.push_back(line);
  return texts;
}

// Every text in a value, those in lists and parts too; a list or part that is empty gets one element first.
template <class T>
void each_text(T& value, const std::function<void(std::string&)>& visit) {
  if constexpr (std::is_same_v<T, std::string>) {
    visit(value);
  } else if constexpr (protocol::is_optional<T>) {
    if (!value) value.emplace();
    each_text(*value, visit);
  } else if constexpr (protocol::is_vector<T>) {
    if (value.empty()) value.emplace_back();
    for (auto& element : value) each_text(element, visit);
  } else if constexpr (boost::describe::has_describe_members<T>::value) {
    boost::mp11::mp_for_each<protocol::Members<T>>(
        [&](auto member) { each_text(value.*member.pointer, visit); });
  }
}

// A copy of the message for each of its texts, with the hostile one in that place only.
template <class Message>
std::vector<Message> with_hostile_text(const Message& honest, const std::string& hostile) {
  std::size_t texts = 0;
  Message counted = honest;
  each_text(counted, [&](std::string&) { ++texts; });
  std::vector<Message> messages;
  for (std::size_t target = 0; target < texts; ++target) {
    Message message = honest;
    std::size_t at = 0;
    each_text(message, [&](std::string& text) {
      if (at++ == target) text = hostile;
    });
    messages.push_back(std::move(message));
  }
  return messages;
}

}  // namespace trede::hostile
