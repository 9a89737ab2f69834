// Splits an author's text into runs and holes (docs/CONTENT.md, Text). Private to the content library; see
// parse_text.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "content/text.hpp"

namespace trede::content {

class TextParser {
 public:
  TextParser(std::string_view source, const TextContext& context,
             const std::function<void(std::string)>& report)
      : source_(source), context_(context), report_(report) {}

  std::vector<Run> parse();

 private:
  void hole();
  void formula();
  void line_break();
  void emphasis();
  void end_run();
  Run compiled_formula(std::string_view tex);
  std::optional<std::string_view> until(char mark);  // from the next sign up to the mark, and past it

  std::string_view source_;
  const TextContext& context_;
  const std::function<void(std::string)>& report_;
  std::size_t at_ = 0;
  bool strong_ = false;
  Run run_;              // being filled
  std::string literal_;  // of run_, not yet in a piece
  std::vector<Run> runs_;
};

}  // namespace trede::content
