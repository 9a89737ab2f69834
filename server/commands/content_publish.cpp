#include "server/commands/content_publish.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <iterator>

#include "content/checker.hpp"
#include "server/commands/analysis.hpp"
#include "server/commands/content_problems.hpp"
#include "server/commands/places.hpp"
#include "server/commands/school_content.hpp"
#include "server/commands/system_clock.hpp"
#include "server/net/media.hpp"
#include "server/store/audit.hpp"
#include "server/store/bank_store.hpp"
#include "server/store/data_folder.hpp"

namespace trede {
namespace {

namespace fs = std::filesystem;
using content::Fate;
using content::Part;

constexpr int draws_of_a_check = 1'000;  // as `trede content check`

struct Plan {
  content::Source bank;
  std::map<std::string, fs::path> uploads;  // paths of the bank → files in the folder
  Publication publication;
};

bool changes_anything(const Publication& publication) {
  return std::any_of(publication.differences.begin(), publication.differences.end(),
                     [](const auto& each) { return each.fate != Fate::Left; });
}

Result<content::Source> content_in(const std::string& folder) {
  auto source = content::read_folder(folder);
  if (source.has_error()) return source;
  const bool any = std::any_of(source->begin(), source->end(), [](const auto& file) {
    return file.first == "bank.json" || file.first == "topics.json" || file.first == "formulas.json" ||
           file.first.starts_with("items/") || file.first.starts_with("videos/");
  });
  if (!any)
    return Error{ErrorCode::NotFound,
                 "there is no content in " + folder + " (docs/CONTENT.md tells how it looks)"};
  return source;
}

void add_blocking(const content::Problems& found, content::Problems& problems) {
  std::copy_if(found.begin(), found.end(), std::back_inserter(problems),
               [](const content::Problem& problem) { return !problem.warning; });
}

void check_media(const Plan& plan, content::Problems& problems) {
  for (const auto& [path, file] : plan.uploads) {
    const std::string folder = path.substr(0, path.rfind('/') + 1);
    const auto name = net::name_of_upload(file);
    const std::string told = folder + file.filename().string();
    if (name.has_error())
      problems.push_back({told, "", "This cannot be shown: " + name.error().detail + "."});
    else if (folder + *name != path)
      problems.push_back(
          {told, "", "Its name should end in " + fs::path(*name).extension().string() + ": rename it."});
  }
}

content::Problems check(const Plan& plan, std::int64_t version) {
  content::Problems problems;
  const auto loaded = content::load(plan.bank, static_cast<int>(version));
  add_blocking(loaded.problems, problems);
  for (const auto& each : plan.publication.differences) {
    if (!loaded.bank || each.part != Part::Exercise || each.fate == Fate::Left) continue;
    const auto item = static_cast<std::size_t>(*loaded.bank->find_item(each.id));
    add_blocking(content::check_family(loaded.bank->items[item], draws_of_a_check), problems);
  }
  check_media(plan, problems);
  return problems;
}

Result<Plan> plan_for(const PublishOptions& options, const commands::SchoolBank& school) {
  auto source = content_in(options.folder);
  if (source.has_error()) return source.error();
  auto folder = commands::as_kept(std::move(*source), options.folder, school.source,
                                  commands::first_content(options.content));
  if (folder.has_error()) return folder.error();
  auto merged = content::merge(
      school.source, folder->source,
      options.replace ? content::Differing::BecomesTheFolders : content::Differing::StaysTheSchools);
  Plan plan{std::move(merged.source), std::move(folder->uploads), {std::move(merged.differences), {}, 0}};
  std::erase_if(plan.uploads, [&](const auto& each) { return !plan.bank.contains(each.first); });
  if (!merged.problems.empty())
    plan.publication.problems = std::move(merged.problems);
  else if (changes_anything(plan.publication))
    plan.publication.problems = check(plan, school.version + 1);
  return plan;
}

Result<void> store_media(const Plan& plan, const fs::path& media) {
  for (const auto& [path, file] : plan.uploads) {
    const auto stored = net::upload_file(file, media);
    if (stored.has_error()) return stored.error();
    if (!path.ends_with('/' + stored->file))
      return Error{ErrorCode::Conflict, file.string() + " changes while it is read; try again"};
  }
  return {};
}

Result<Publication> try_only(const PublishOptions& options) {
  const auto school = commands::newest_bank_in(options.data);
  if (school.has_error()) return school.error();
  auto plan = plan_for(options, *school);
  if (plan.has_error()) return plan.error();
  return std::move(plan->publication);
}

struct PartName {
  Part part;
  const char* one;
  const char* several;
};
constexpr std::array<PartName, 8> part_names{{{Part::Domain, "domain", "domains"},
                                              {Part::Topic, "topic", "topics"},
                                              {Part::Exercise, "exercise", "exercises"},
                                              {Part::Video, "video", "videos"},
                                              {Part::SchoolYear, "school year", "school years"},
                                              {Part::Reference, "reference", "references"},
                                              {Part::Formula, "formula", "formulas"},
                                              {Part::Detail, "detail of bank.json", "details of bank.json"}}};

// "1 domain, 12 exercises"; empty when there are none.
std::string sum_of(const std::vector<content::Difference>& differences, Fate fate) {
  std::string text;
  for (const PartName& name : part_names) {
    const auto count = std::count_if(differences.begin(), differences.end(), [&](const auto& each) {
      return each.part == name.part && each.fate == fate;
    });
    if (count == 0) continue;
    text += (text.empty() ? "" : ", ") +
            commands::counted(static_cast<std::size_t>(count), name.one, name.several);
  }
  return text;
}

void print_left(const std::vector<content::Difference>& differences) {
  const std::string left = sum_of(differences, Fate::Left);
  if (left.empty()) return;
  fmt::print(
      "Left as the school has them, though the folder has another (--replace takes the folder's): {}.\n",
      left);
  for (const PartName& name : part_names)
    for (const auto& each : differences)
      if (each.fate == Fate::Left && each.part == name.part) fmt::print("  {} {}\n", name.one, each.id);
}

void print(const PublishOptions& options, const Publication& publication) {
  for (const auto& [fate, word] : {std::pair(Fate::Added, "Added"), std::pair(Fate::Changed, "Changed")})
    if (const std::string some = sum_of(publication.differences, fate); !some.empty())
      fmt::print("{}: {}.\n", word, some);
  print_left(publication.differences);
  if (publication.differences.empty())
    fmt::print("The school has all of this already; nothing was changed.\n");
  else if (!changes_anything(publication))
    fmt::print("Nothing is new; nothing was changed.\n");
  else if (options.only_try)
    fmt::print("This was a try; nothing was changed.\n");
  else
    fmt::print("Published as version {} of the bank of {}.\n", publication.version, options.data);
}

// Exit codes as of `trede content check`: 1 when something must be mended, 2 when it cannot be done now.
void publish(const PublishOptions& options) {
  const auto published = publish_content(options, commands::system_time());
  if (published.has_error()) {
    fmt::print(stderr, "Cannot publish: {}.\n", published.error().detail);
    throw CLI::RuntimeError(2);
  }
  if (published->problems.empty()) return print(options, *published);
  std::cout << commands::print_by_file(published->problems) << "; nothing was changed.\n";
  throw CLI::RuntimeError(1);
}

}  // namespace

Result<Publication> publish_content(const PublishOptions& options, Milliseconds now_ms) {
  if (options.only_try) return try_only(options);
  if (!fs::exists(fs::path(options.data) / "school.db"))  // opening a folder would make it
    return Error{ErrorCode::NotFound, "there is no school in " + options.data};
  const auto folder = store::DataFolder::open(options.data);
  if (folder.has_error()) return folder.error();
  const auto journal = store::Journal::open(folder->database());
  if (journal.has_error()) return journal.error();
  const auto school = commands::newest_bank_in(options.data);
  if (school.has_error()) return school.error();
  auto plan = plan_for(options, *school);
  if (plan.has_error()) return plan.error();
  Publication publication = std::move(plan->publication);
  if (!publication.problems.empty() || !changes_anything(publication)) return publication;

  if (const auto stored = store_media(*plan, folder->media()); stored.has_error()) return stored.error();
  const auto version = (*journal)->write_and_wait(
      store::audited(store::save_bank(std::move(plan->bank), school->version, std::nullopt, now_ms), now_ms,
                     AccountId{0}, store::Deed::ContentPublished, 0));
  if (version.has_error()) return version.error();
  publication.version = *version;
  return publication;
}

void add_content_publish(CLI::App& content) {
  CLI::App* command = content.add_subcommand(
      "publish",
      "Bring a folder of content into a school while its server is stopped: what is new comes in, "
      "what the school has stays");
  const auto options = std::make_shared<PublishOptions>();
  command->add_option("FOLDER", options->folder, "A whole bank, or only some new topics with their exercises")
      ->required();
  command->add_option("--data", options->data, "Folder of the school")->capture_default_str();
  command->add_flag("--replace", options->replace, "Take the folder's where the school has another");
  command->add_flag("--try", options->only_try,
                    "Say what would happen and change nothing; the server may run meanwhile");
  command->add_option("--content", options->content,
                      "The folder of `trede serve --content`, if the school began with one");
  command->callback([options] { publish(*options); });
}

}  // namespace trede
