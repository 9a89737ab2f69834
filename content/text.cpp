#include "content/text.hpp"

#include "content/notation.hpp"

namespace trede::content {
namespace {

std::string filled(const Hole& hole, const std::vector<WordList>& words, const Instance& instance,
                   Language language) {
  if (!hole.number) {
    const auto list = static_cast<std::size_t>(hole.word);
    return words[list].in(language)[static_cast<std::size_t>(instance.words[list])];
  }
  const std::optional<Rational> value = hole.number->evaluate(instance.variables);
  return value ? show_always(*value, language, hole.places) : "?";
}

std::string filled(const Run& run, const std::vector<WordList>& words, const Instance& instance,
                   Language language) {
  std::string text;
  for (const Piece& piece : run.pieces) {
    text += piece.literal;
    if (piece.hole) text += filled(*piece.hole, words, instance, language);
  }
  return text;
}

const char* kind_name(RunKind kind) {
  switch (kind) {
    case RunKind::Text:
      return "text";
    case RunKind::Strong:
      return "strong";
    case RunKind::Math:
      return "math";
    case RunKind::Line:
      return "line";
    default:
      return "paragraph";
  }
}

}  // namespace

RichText render(const Text& text, const std::vector<WordList>& words, const Instance& instance,
                Language language) {
  RichText rich;
  for (const Run& run : text.in(language)) {
    rich.push_back({kind_name(run.kind), filled(run, words, instance, language)});
  }
  return rich;
}

std::string render_plain(const Text& text, const std::vector<WordList>& words, const Instance& instance,
                         Language language) {
  return plain(render(text, words, instance, language));
}

std::string plain(const RichText& text) {
  std::string all;
  for (const Segment& segment : text) {
    if (segment.kind == "line" || segment.kind == "paragraph") all += ' ';
    bool inside_tag = false;
    for (const char sign : segment.value) {
      if (segment.kind == "math" && (sign == '<' || sign == '>')) {
        inside_tag = sign == '<';
        if (!inside_tag) all += ' ';
      } else if (!inside_tag) {
        all += sign;
      }
    }
  }
  return all;
}

}  // namespace trede::content
