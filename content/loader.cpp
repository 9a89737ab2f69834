#include "content/loader.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "content/bank_reader.hpp"
#include "content/item_reader.hpp"
#include "content/limits.hpp"

namespace trede::content {
namespace {

const std::string formula_file = "formulas.json";

bool is_read(const std::filesystem::path& path) {
  return path.extension() == ".json" || path.extension() == ".vtt";
}

Result<std::string> read_text(const std::filesystem::path& path) {
  std::ifstream file{path, std::ios::binary};
  std::string text{std::istreambuf_iterator<char>{file}, {}};
  if (!file) return Error{ErrorCode::Unavailable, "cannot read " + path.string()};
  return text;
}

// "items/topic/name.json" → true; other .json files there are told, files elsewhere are none of our
// business.
bool has_parts(const std::string& path, std::string_view folder, std::string_view ending) {
  return path.starts_with(folder) && path.ends_with(ending) && std::count(path.begin(), path.end(), '/') == 2;
}

// One load: collects the bank and its problems part by part.
class BankLoader {
 public:
  explicit BankLoader(const Source& source) : source_(source), formulas_(formulas_of(source)) {}

  ItemBank read(Problems& problems) {
    read_scale();
    tell_formulas();
    for (const auto& [path, text] : source_) {
      if (path.starts_with("items/")) read_item_file(path, text);
      if (has_parts(path, "videos/", "/video.json")) read_video_file(path, text);
    }
    demand_items();
    problems = std::move(problems_);
    return std::move(bank_);
  }

 private:
  template <class Read>
  void read_document(const std::string& path, Read read) {
    const auto found = source_.find(path);
    if (found == source_.end()) return tell(path, "The file is missing: add it (docs/CONTENT.md).");
    const Document document{found->second, path, problems_, limits::file_bytes};
    if (const std::optional<Field> root = document.root()) read(*root);
  }

  void read_scale() {
    read_document("bank.json", [&](const Field& root) { read_bank(root, bank_); });
    read_document("topics.json", [&](const Field& root) { read_topics(root, bank_); });
  }

  void tell_formulas() {
    if (!source_.contains(formula_file))
      return tell(formula_file, "The file is missing: run `./dev content` to make it.");
    const Document document{source_.at(formula_file), formula_file, problems_, limits::formula_file_bytes};
    if (const std::optional<Field> root = document.root()) {
      for (const auto& [tex, mathml] : root->members(limits::files)) mathml.string(limits::mathml_bytes);
    }
  }

  void read_item_file(const std::string& path, const std::string& text) {
    if (!has_parts(path, "items/", ".json"))
      return tell(path, "Only items/<topic>/<id>.json belongs here: move the file.");
    const Document document{text, path, problems_, limits::file_bytes};
    const std::optional<Field> root = document.root();
    if (!root) return;
    const std::size_t told = problems_.size();
    const ItemContext context{bank_.topics, formulas_, source_.contains(formula_file)};
    Item item = read_item(*root, path, context);
    filled_topics_.insert(item.topic);
    if (item.status != ItemStatus::Retired) topics_in_use_.insert(item.topic);
    if (item.id.empty()) return;  // told already
    const auto [known, is_new] = file_of_item_.emplace(item.id, path);
    if (!is_new) return tell(path, "The id is also used by " + known->second + ": choose another.");
    if (!blocks_publishing({problems_.begin() + static_cast<std::ptrdiff_t>(told), problems_.end()})) {
      bank_.items.push_back(std::move(item));
    }
  }

  void read_video_file(const std::string& path, const std::string& text) {
    const Document document{text, path, problems_, limits::file_bytes};
    const std::optional<Field> root = document.root();
    std::optional<Video> video = root ? read_video(*root, path, bank_, source_) : std::nullopt;
    if (video) bank_.videos.push_back(std::move(*video));
  }

  void demand_items() {
    for (std::size_t topic = 0; topic < bank_.topics.size(); ++topic) {
      if (topics_in_use_.contains(static_cast<int>(topic))) continue;
      const bool all_retired = filled_topics_.contains(static_cast<int>(topic));
      const std::string lacks = all_retired
                                    ? "has only retired items, so nobody practises it: put one back in use."
                                    : "has no items: write one or take the topic out.";
      problems_.push_back({"topics.json", "[" + std::to_string(topic) + "]",
                           "The topic \"" + bank_.topics[topic].id + "\" " + lacks, all_retired});
    }
  }

  void tell(const std::string& path, const std::string& message) { problems_.push_back({path, "", message}); }

  const Source& source_;
  const Formulas formulas_;
  ItemBank bank_;
  Problems problems_;
  std::map<std::string, std::string> file_of_item_;
  std::set<int> filled_topics_, topics_in_use_;
};

std::string place_of(const Field& root) {
  const auto text = [&](const char* name) {
    const std::optional<Field> field = root.member(name);
    return field && field->is_string() ? field->identifier() : std::string{};
  };
  return "items/" + text("topic") + "/" + text("id") + ".json";
}

}  // namespace

Result<Source> read_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::recursive_directory_iterator files{folder, error};
  Source source;
  for (; !error && files != std::filesystem::recursive_directory_iterator{}; files.increment(error)) {
    if (!files->is_regular_file(error) || files->is_symlink(error)) continue;
    if (source.size() == limits::files)
      return Error{ErrorCode::TooLarge, "too many files in " + folder.string()};
    std::string& text = source[files->path().lexically_relative(folder).generic_string()];
    if (!is_read(files->path())) continue;
    if (files->file_size(error) > limits::formula_file_bytes) {
      return Error{ErrorCode::TooLarge, files->path().string() + " is too large"};
    }
    Result<std::string> read = read_text(files->path());
    if (!read) return read.error();
    text = std::move(*read);
  }
  if (error)
    return Error{ErrorCode::NotFound, "cannot read the folder " + folder.string() + ": " + error.message()};
  return source;
}

Formulas formulas_of(const Source& source) {
  Formulas formulas;
  const auto found = source.find(formula_file);
  if (found == source.end()) return formulas;
  Problems ignored;  // the loader tells them
  const Document document{found->second, formula_file, ignored, limits::formula_file_bytes};
  if (const std::optional<Field> root = document.root()) {
    for (const auto& [tex, mathml] : root->members(limits::files))
      formulas.emplace(tex, mathml.string(limits::mathml_bytes));
  }
  return formulas;
}

ItemBank read_source(const Source& source, Problems& problems) {
  return BankLoader{source}.read(problems);
}

Loaded load(const Source& source, int version) {
  Loaded loaded;
  ItemBank bank = read_source(source, loaded.problems);
  if (blocks_publishing(loaded.problems)) return loaded;
  bank.version = version;
  bank.index();
  loaded.bank = std::make_shared<const ItemBank>(std::move(bank));
  return loaded;
}

CheckedItem check_item(std::string_view document, const ItemBank& context, const Formulas& formulas) {
  CheckedItem checked;
  Problems unplaced;  // the file's name is known only after reading, so the document is read again under it
  const Document draft{document, "item.json", unplaced, limits::file_bytes};
  const std::optional<Field> root = draft.root();
  if (!root) return {std::nullopt, std::move(unplaced)};
  const std::string file = place_of(*root);
  const Document placed{document, file, checked.problems, limits::file_bytes};
  Item item = read_item(*placed.root(), file, {context.topics, formulas, true});
  const std::optional<int> known = context.find_item(item.id);
  if (known && context.items[static_cast<std::size_t>(*known)].file != file) {
    const std::string& other = context.items[static_cast<std::size_t>(*known)].file;
    checked.problems.push_back({file, "id", "The id is also used by " + other + ": choose another."});
  }
  if (!blocks_publishing(checked.problems)) checked.item = std::move(item);
  return checked;
}

}  // namespace trede::content
