#include "content/mathml.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <pugixml.hpp>
#include <sstream>

#include "content/limits.hpp"

namespace trede::content {
namespace {

constexpr std::array elements{"math",   "mrow",   "mn",      "mo",         "mi",     "mtext",
                              "mfrac",  "msup",   "msub",    "msubsup",    "msqrt",  "mroot",
                              "mspace", "mover",  "munder",  "munderover", "mtable", "mtr",
                              "mtd",    "mstyle", "mpadded", "menclose"};
constexpr std::array attributes{
    "display", "displaystyle", "scriptlevel", "mathvariant",   "stretchy",  "fence",   "separator",
    "form",    "lspace",       "rspace",      "width",         "height",    "depth",   "linethickness",
    "accent",  "accentunder",  "minsize",     "maxsize",       "symmetric", "largeop", "movablelimits",
    "voffset", "columnalign",  "rowspacing",  "columnspacing", "notation"};

template <class List>
bool contains(const List& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

// Lengths, words and numbers only: nothing a browser could take for an address or a style.
bool is_harmless_value(std::string_view value) {
  return value.size() <= 60 && std::all_of(value.begin(), value.end(), [](unsigned char sign) {
           return std::isalnum(sign) != 0 || sign == '.' || sign == '-' || sign == '+' || sign == ' ' ||
                  sign == '%';
         });
}

bool is_right_text(std::string_view element, std::string_view text) {
  const auto holes = std::count(text.begin(), text.end(), '@');
  return holes == 0 ||
         (element == "mn" && holes == 2 && text.front() == '@' && text.back() == '@' && text.size() > 2);
}

Error refused(const std::string& what) {
  return {ErrorCode::Invalid, what};
}

std::optional<Error> check_attributes(const pugi::xml_node& element) {
  for (const pugi::xml_attribute& attribute : element.attributes()) {
    const std::string name = attribute.name();
    if (!contains(attributes, name)) return refused("the attribute \"" + name + "\" is not allowed");
    if (!is_harmless_value(attribute.value())) return refused("the value of \"" + name + "\" is not allowed");
  }
  return std::nullopt;
}

std::optional<Error> check(const pugi::xml_node& node, std::string_view parent) {
  if (node.type() == pugi::node_pcdata) {
    if (is_right_text(parent, node.value())) return std::nullopt;
    return refused("a hole must be the whole text of an <mn>");
  }
  if (node.type() != pugi::node_element) return refused("only elements and text are allowed");
  if (!contains(elements, node.name()))
    return refused("the element <" + std::string{node.name()} + "> is not allowed");
  if (std::optional<Error> error = check_attributes(node)) return error;
  for (const pugi::xml_node& child : node.children()) {
    if (std::optional<Error> error = check(child, node.name())) return error;
  }
  return std::nullopt;
}

// temml labels its output with the namespace, the TeX or a class; the page needs none of them.
void drop_labels(pugi::xml_node element) {
  for (const char* label : {"xmlns", "class", "style"}) element.remove_attribute(label);
  for (pugi::xml_node child : element.children()) drop_labels(child);
}

}  // namespace

Result<std::string> clean_mathml(std::string_view mathml) {
  if (mathml.size() > limits::mathml_bytes) return refused("it is too long");
  pugi::xml_document document;
  const unsigned options = pugi::parse_default | pugi::parse_doctype | pugi::parse_comments | pugi::parse_pi;
  const pugi::xml_parse_result parsed =
      document.load_buffer(mathml.data(), mathml.size(), options, pugi::encoding_utf8);
  if (!parsed) return refused("it is not well-formed (" + std::string{parsed.description()} + ")");
  const pugi::xml_node root = document.first_child();
  if (root.next_sibling() || std::string_view{root.name()} != "math")
    return refused("it must be one <math> element");
  drop_labels(root);
  if (const std::optional<Error> error = check(root, "")) return *error;
  std::ostringstream written;
  root.print(written, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
  return written.str();
}

}  // namespace trede::content
