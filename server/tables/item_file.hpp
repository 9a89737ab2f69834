// Item parameters as a table: what `trede calibrate --out` writes and other commands read.
//   item, a, b, d, c, thresholds, categories, se_a, se_b, se_d, se_c, se_thresholds
// Needed when reading: item, a and one of b, d (d = −a b) or thresholds; c is 0 and categories are 0, 1 …
// where they are not said; other columns are passed over. Lists are written 1;2;3. Any thread.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "content/result.hpp"
#include "engine/calibration/calibration.hpp"
#include "server/tables/categories.hpp"

namespace trede::tables {

struct ItemFile {
  std::vector<std::string> names;
  std::vector<calibration::Item> items;
  std::vector<Coding> codings;  // how the categories of each are written in tables of answers
};

// Error with its line: no name or one that stood before, a number that is none, a = 0, c outside 0 … 1, b and
// d that contradict each other, as many categories as thresholds.
Result<ItemFile> read_items(const std::filesystem::path& file);

// errors: of each item, or empty. Numbers read back to the same double.
std::string items_as_csv(const ItemFile& file, const std::vector<calibration::ItemErrors>& errors = {});

std::string csv_field(const std::string& text);  // in quotes where it needs them

// Replaces the file. Error: it cannot be written.
Result<void> write_text(const std::filesystem::path& file, const std::string& text);

}  // namespace trede::tables
