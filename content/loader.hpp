// From files to a bank. Reports every problem at once, each with its file and field; a bank with a problem
// is not made. Pure but for read_folder; any thread, but it takes a while: not on a loop.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "content/item_bank.hpp"
#include "content/problem.hpp"
#include "content/result.hpp"

namespace trede::content {

// Path with forward slashes → text. Media have an entry with an empty text: only that they exist matters
// here.
using Source = std::map<std::string, std::string>;

// Reads .json and .vtt; other files become empty entries. Links are not followed.
Result<Source> read_folder(const std::filesystem::path& folder);

struct Loaded {
  std::shared_ptr<const ItemBank> bank;  // null when a problem blocks publishing
  Problems problems;
};
Loaded load(const Source& source, int version);

struct CheckedItem {
  std::optional<Item> item;  // when nothing blocks it
  Problems problems;
};
// One item document against the topics of an existing bank, for the author's page. The file's name is made
// from its topic and id.
CheckedItem check_item(std::string_view document, const ItemBank& context, const Formulas& formulas);

// formulas.json of a source, unchecked; empty when it is missing or cannot be read.
Formulas formulas_of(const Source& source);

}  // namespace trede::content
