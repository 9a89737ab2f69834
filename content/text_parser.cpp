#include "content/text_parser.hpp"

#include "content/hole.hpp"
#include "content/limits.hpp"
#include "content/mathml.hpp"

namespace trede::content {
namespace {

using Report = std::function<void(std::string)>;

Run split_formula(const std::string& mathml, const TextContext& context, const Report& report) {
  Run run{RunKind::Math, {}};
  std::size_t at = 0;
  for (std::size_t open = mathml.find('@'); open != std::string::npos; open = mathml.find('@', at)) {
    const std::size_t close = mathml.find('@', open + 1);
    if (close == std::string::npos) break;
    const std::string_view inside = std::string_view{mathml}.substr(open + 1, close - open - 1);
    Piece piece = read_hole(inside, context, true, report).value_or(Piece{});
    piece.literal = mathml.substr(at, open - at);
    run.pieces.push_back(std::move(piece));
    at = close + 1;
  }
  run.pieces.push_back({mathml.substr(at), std::nullopt});
  return run;
}

}  // namespace

std::vector<Run> parse_text(std::string_view source, const TextContext& context, const Report& report) {
  if (source.size() > limits::text_bytes) {
    report("The text is longer than " + std::to_string(limits::text_bytes) + " bytes: make it shorter.");
    return {};
  }
  return TextParser{source, context, report}.parse();
}

std::vector<Run> TextParser::parse() {
  while (at_ < source_.size()) {
    const char sign = source_[at_];
    if (sign == '@') {
      hole();
    } else if (sign == '$') {
      formula();
    } else if (sign == '\n') {
      line_break();
    } else if (source_.substr(at_).starts_with("**")) {
      emphasis();
    } else {
      literal_ += sign;
      ++at_;
    }
  }
  end_run();
  if (strong_) report_("The emphasis is not closed: write ** before and after the words.");
  return std::move(runs_);
}

void TextParser::hole() {
  const std::optional<std::string_view> inside = until('@');
  if (!inside) return report_("A hole is not closed: write @ before and after the expression.");
  std::optional<Piece> piece = read_hole(*inside, context_, false, report_);
  if (!piece) return;
  piece->literal = std::move(literal_);
  literal_.clear();
  run_.pieces.push_back(std::move(*piece));
}

void TextParser::formula() {
  const std::optional<std::string_view> tex = until('$');
  if (!tex) return report_("A formula is not closed: write $ before and after the TeX.");
  end_run();
  runs_.push_back(compiled_formula(*tex));
}

void TextParser::line_break() {
  end_run();
  if (strong_) report_("The emphasis runs over the end of a line: close ** before it.");
  strong_ = false;
  const bool paragraph = source_.substr(at_).starts_with("\n\n");
  while (at_ < source_.size() && source_[at_] == '\n') ++at_;
  runs_.push_back({paragraph ? RunKind::Paragraph : RunKind::Line, {}});
}

void TextParser::emphasis() {
  end_run();
  strong_ = !strong_;
  at_ += 2;
}

void TextParser::end_run() {
  if (!literal_.empty()) run_.pieces.push_back({std::move(literal_), std::nullopt});
  literal_.clear();
  run_.kind = strong_ ? RunKind::Strong : RunKind::Text;
  if (!run_.pieces.empty()) runs_.push_back(std::move(run_));
  run_ = {};
}

Run TextParser::compiled_formula(std::string_view tex) {
  const std::string name{tex};
  // While formulas.json is missing the TeX stands in, so that its holes are checked all the same.
  if (!context_.formulas_present) return split_formula(name, context_, report_);
  const auto found = context_.formulas.find(name);
  if (found == context_.formulas.end()) {
    report_("The formula $" + name + "$ is not in formulas.json: run `./dev content` to make it.");
    return split_formula(name, context_, report_);
  }
  const Result<std::string> mathml = clean_mathml(found->second);
  if (!mathml) {
    report_("The MathML of $" + name + "$ in formulas.json is refused: " + mathml.error().detail + ".");
    return {RunKind::Math, {}};
  }
  if (holes_of(name) != holes_of(*mathml)) {
    report_("The MathML of $" + name +
            "$ in formulas.json has other holes than its TeX: run `./dev content` again.");
  }
  return split_formula(*mathml, context_, report_);
}

std::optional<std::string_view> TextParser::until(char mark) {
  const std::size_t close = source_.find(mark, at_ + 1);
  if (close == std::string_view::npos) {
    at_ = source_.size();
    return std::nullopt;
  }
  const std::string_view inside = source_.substr(at_ + 1, close - at_ - 1);
  at_ = close + 1;
  return inside;
}

bool has_letters(std::string_view source) {
  char inside = '\0';  // '@' or '$' while in a hole or a formula
  for (std::size_t at = 0; at < source.size(); ++at) {
    const auto sign = static_cast<unsigned char>(source[at]);
    if (inside != '\0') {
      if (source[at] == inside) inside = '\0';
      continue;
    }
    if (sign == '@' || sign == '$') inside = source[at];
    if ((sign >= 'A' && sign <= 'Z') || (sign >= 'a' && sign <= 'z')) return true;
    const auto next = at + 1 < source.size() ? static_cast<unsigned char>(source[at + 1]) : 0U;
    const bool times_or_divided = sign == 0xC3 && (next == 0x97 || next == 0xB7);
    // two-byte letters: é, ß, ł, α, …
    if (sign >= 0xC3 && sign <= 0xDF && !times_or_divided) return true;
  }
  return false;
}

}  // namespace trede::content
