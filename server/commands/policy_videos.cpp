#include "server/commands/policy_videos.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <limits>
#include <memory>

#include "server/commands/fail.hpp"
#include "server/practice/bank_insight.hpp"
#include "server/practice/school_past.hpp"
#include "server/practice/video_effects.hpp"
#include "server/protocol/codec.hpp"
#include "server/store/bank_shelf.hpp"
#include "server/store/bank_store.hpp"
#include "server/tables/text_table.hpp"

namespace trede {
namespace {

struct VideosOptions {
  std::string data = "data";
  bool json = false;
};

struct VideoLine {
  std::string id, title;
  std::int64_t viewings = 0, withheld = 0;
  protocol::VideoEffects effects;
};
BOOST_DESCRIBE_STRUCT(VideoLine, (), (id, title, viewings, withheld, effects))

struct VideosReport {
  std::vector<VideoLine> videos;
  protocol::VideoEffects all_videos;
};
BOOST_DESCRIBE_STRUCT(VideosReport, (), (videos, all_videos))

Result<VideosReport> read_report(const std::filesystem::path& folder) {
  const auto database = store::Database::open(folder / "school.db", store::Database::Mode::ReadOnly);
  if (database.has_error()) return database.error();
  const auto newest = store::newest_bank(**database);
  if (newest.has_error()) return newest.error();
  store::BankShelf shelf(**database);
  const auto bank = shelf.at(*newest);
  if (bank.has_error()) return bank.error();
  const auto learned = practice::parameters_before(**database, std::numeric_limits<Sequence>::max());
  if (learned.has_error()) return learned.error();
  practice::Given given;
  const auto read =
      store::steps_since(**database, 0, [&](const store::StepDone& done) { practice::count(given, done); });
  if (read.has_error()) return read.error();
  VideosReport report;
  report.all_videos = practice::effects_of_all_videos(**learned);
  for (const auto& video : (*bank)->videos) {
    const practice::ChoiceTally& tally = given.videos[video.id];
    report.videos.push_back({video.id, video.title.in(content::Language::En), tally.viewings, tally.withheld,
                             practice::effects_of_video(**learned, video.id)});
  }
  return report;
}

std::string shown_effect(const protocol::VideoEffect& effect) {
  if (!effect.known) return "not known yet";
  return fmt::format("{:.0f} % ({:.0f}–{:.0f} %)", 100 * effect.after, 100 * effect.low, 100 * effect.high);
}

void print(const VideosReport& report) {
  fmt::print(
      "An exercise that a pupil gets right {:.0f} times in 100 comes right so often after the whole video,\n"
      "with 95 % intervals. Novices stand far below the topic, others at it.\n\n",
      100 * practice::told_chance);
  tables::TextTable table(
      {{"video", tables::Align::Left}, {"viewings"}, {"withheld"}, {"novices"}, {"others"}});
  for (const VideoLine& video : report.videos)
    table.add({video.id, std::to_string(video.viewings), std::to_string(video.withheld),
               shown_effect(video.effects.novice), shown_effect(video.effects.other)});
  table.add({"all together", "", "", shown_effect(report.all_videos.novice),
             shown_effect(report.all_videos.other)});
  fmt::print(
      "{}\nWithheld: the video was due and by lot, one time in ten, an exercise came in its place. Not "
      "known\n"
      "yet: the answers have taken less than a fifth of the first guess's variance away.\n",
      table.text());
}

void tell(const VideosOptions& options) {
  if (!std::filesystem::exists(std::filesystem::path(options.data) / "school.db"))
    commands::fail({ErrorCode::NotFound, "there is no school in " + options.data});
  const Result<VideosReport> report = read_report(options.data);
  if (report.has_error()) commands::fail(report.error());
  if (options.json) return fmt::print("{}\n", protocol::encode_plain(*report));
  print(*report);
}

}  // namespace

void add_policy_videos(CLI::App& policy) {
  CLI::App* command =
      policy.add_subcommand("videos", "What do the videos do, as far as answers have taught it?");
  const auto options = std::make_shared<VideosOptions>();
  command->add_option("--data", options->data, "Folder of the school")->capture_default_str();
  command->add_flag("--json", options->json, "Print one JSON object, with the effects in logits too");
  command->footer("Reads the journal only; the school may be running.");
  command->callback([options] { tell(*options); });
}

}  // namespace trede
