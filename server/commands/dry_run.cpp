#include "server/commands/dry_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "content/loader.hpp"
#include "server/commands/bank_proposals.hpp"

namespace trede::commands {
namespace {

constexpr double beyond = 2.0;  // logits: how far the edges are from the outermost topics
constexpr std::size_t shown_items = 30;
constexpr std::size_t told_problems = 5;

double share(double part, double whole) {
  return whole > 0.0 ? part / whole : 0.0;
}

struct Cohort {
  std::string name;
  bool edge = false;
  double mean = 0.0;
  int pupils = 0;
};

std::vector<Cohort> cohorts_of(const content::ItemBank& bank, int pupils) {
  std::vector<Cohort> cohorts;
  for (const content::SchoolYear& year : bank.school_years)
    cohorts.push_back({year.title.en, false, year.mean, pupils});
  const auto [lowest, highest] = std::minmax_element(
      bank.topics.begin(), bank.topics.end(),
      [](const content::Topic& one, const content::Topic& other) { return one.level < other.level; });
  const int at_edge = std::max(1, pupils / 4);
  cohorts.push_back({"far below the first topic", true, lowest->level - beyond, at_edge});
  cohorts.push_back({"far above the last topic", true, highest->level + beyond, at_edge});
  return cohorts;
}

// The median of the weeks of those who came to the end.
std::optional<double> median_weeks(const lab::BankWalk& walk) {
  std::vector<double> weeks;
  for (const lab::WalkedPupil& pupil : walk.pupils)
    if (pupil.weeks_to_end >= 0) weeks.push_back(pupil.weeks_to_end);
  if (weeks.empty()) return std::nullopt;
  const auto middle = weeks.begin() + static_cast<std::ptrdiff_t>(weeks.size() / 2);
  std::nth_element(weeks.begin(), middle, weeks.end());
  return *middle;
}

ReportedCohort reported(const Cohort& cohort, const lab::BankWalk& walk) {
  ReportedCohort told{.name = cohort.name, .edge = cohort.edge, .mean = cohort.mean, .pupils = cohort.pupils};
  lab::WalkedPupil sum;
  int at_end = 0;
  for (const lab::WalkedPupil& pupil : walk.pupils) {
    sum.answers += pupil.answers;
    sum.right += pupil.right;
    sum.minutes += pupil.minutes;
    sum.video_minutes += pupil.video_minutes;
    sum.left_empty += pupil.left_empty;
    sum.different += pupil.different;
    sum.gifts += pupil.gifts;
    sum.riddles += pupil.riddles;
    sum.enrichment += pupil.enrichment;
    told.most_given += share(pupil.most_given, pupil.answers) / cohort.pupils;
    at_end += pupil.weeks_to_end >= 0;
  }
  told.answers = share(sum.answers, cohort.pupils);
  told.success = share(sum.right, sum.answers);
  told.minutes = share(sum.minutes, cohort.pupils);
  told.video_share = share(sum.video_minutes, sum.minutes);
  told.left_empty = share(sum.left_empty, cohort.pupils);
  told.different = share(sum.different, cohort.pupils);
  told.gifts = share(sum.gifts, sum.answers);
  told.riddles = share(sum.riddles, sum.answers);
  told.enrichment = share(sum.enrichment, sum.answers);
  told.at_end = share(at_end, cohort.pupils);
  told.weeks_to_end = median_weeks(walk);
  told.mastered = walk.mastered;
  return told;
}

ReportedTopic reported(const content::ItemBank& bank, int index, const lab::TopicUse& use, double pupils) {
  const CatalogueTopic& known = bank.catalogue.topics[static_cast<std::size_t>(index)];
  const content::Topic& topic = bank.topics[static_cast<std::size_t>(index)];
  const auto off = std::accumulate(use.too_hard.begin(), use.too_hard.end(), 0) +
                   std::accumulate(use.too_easy.begin(), use.too_easy.end(), 0);
  ReportedTopic told{
      .id = topic.id, .title = topic.title.en, .enrichment = topic.enrichment, .cut = known.cut};
  told.reached = share(use.pupils, pupils);
  told.mastered = share(use.mastered, use.pupils);
  told.answers = share(use.answers, use.pupils);
  told.success = share(use.right, use.answers);
  told.minutes = share(use.minutes, use.pupils);
  told.video_minutes = share(use.video_minutes, use.pupils);
  told.nothing_easier = share(use.nothing_easier, use.answers);
  told.nothing_harder = share(use.nothing_harder, use.answers);
  told.off_target = share(off, use.aimed);
  for (const int item : known.items)
    told.items.push_back(bank.catalogue.items[static_cast<std::size_t>(item)].parameters.difficulty);
  told.too_hard.assign(use.too_hard.begin(), use.too_hard.end());
  told.too_easy.assign(use.too_easy.begin(), use.too_easy.end());
  told.videos = static_cast<std::int64_t>(known.videos.size());
  return told;
}

void tell_items(const content::ItemBank& bank, const lab::BankWalk& walk, ReportedBank& told) {
  double all = 0.0;
  for (const lab::ItemUse& use : walk.items) all += use.given;
  for (std::size_t i = 0; i < walk.items.size(); ++i) {
    const CatalogueItem& known = bank.catalogue.items[i];
    if (known.status == ItemStatus::Retired) continue;
    const auto topic = static_cast<std::size_t>(known.topic());
    const lab::ItemUse& use = walk.items[i];
    const UsedItem item{bank.items[i].id,
                        bank.topics[topic].title.en,
                        known.parameters.difficulty,
                        share(use.pupils, static_cast<double>(walk.pupils.size())),
                        share(use.given, all),
                        share(use.given, walk.topics[topic].answers),
                        share(use.given, use.pupils)};
    (use.given > 0 ? told.most_used : told.never_used).push_back(item);
  }
  std::sort(told.most_used.begin(), told.most_used.end(),
            [](const UsedItem& one, const UsedItem& other) { return one.share > other.share; });
  if (told.most_used.size() > shown_items) told.most_used.resize(shown_items);
}

}  // namespace

Result<std::shared_ptr<const content::ItemBank>> bank_to_try(const std::string& folder) {
  const auto source = content::read_folder(folder);
  if (source.has_error()) return source.error();
  auto loaded = content::load(*source, 1);
  if (loaded.bank) return loaded.bank;
  std::string told = "the bank in " + folder + " cannot be used yet:";
  std::size_t count = 0;
  for (const content::Problem& problem : loaded.problems) {
    if (problem.warning || ++count > told_problems) continue;
    told += fmt::format("\n  {}{}{}: {}", problem.file, problem.field.empty() ? "" : ", ", problem.field,
                        problem.message);
  }
  if (count > told_problems) told += fmt::format("\n  … and {} more", count - told_problems);
  told += "\ntrede content check " + folder + " tells everything";
  return Error{ErrorCode::Invalid, told};
}

ReportedBank try_bank(const content::ItemBank& bank, const DryRunRequest& request,
                      const std::function<void(int, int)>& told) {
  ReportedBank report;
  report.title = bank.title.en;
  report.folder = request.folder;
  report.weeks = request.walk.weeks;
  report.sessions_a_week = request.walk.sessions_a_week;
  report.session_minutes = request.walk.session_minutes;
  report.seed = static_cast<std::int64_t>(request.walk.seed);
  report.lowest_difficulty = lab::lowest_difficulty;
  report.difficulty_step = lab::difficulty_step;
  const std::vector<Cohort> cohorts = cohorts_of(bank, request.walk.pupils);
  int all = 0, before = 0;
  for (const Cohort& cohort : cohorts) all += cohort.pupils;
  std::optional<lab::BankWalk> together;
  for (const Cohort& cohort : cohorts) {
    lab::WalkOptions options = request.walk;
    options.pupils = cohort.pupils;
    options.cohort_mean = cohort.mean;
    options.all_alike = cohort.edge;
    lab::BankWalk walk = lab::walk(bank.catalogue, options, [&](int done, int) { told(before + done, all); });
    before += cohort.pupils;
    report.cohorts.push_back(reported(cohort, walk));
    if (cohort.edge) continue;
    together = together ? lab::joined(std::move(*together), walk) : std::move(walk);
  }
  const auto pupils = static_cast<double>(together->pupils.size());
  for (const int topic : bank.catalogue.order)
    report.topics.push_back(reported(bank, topic, together->topics[static_cast<std::size_t>(topic)], pupils));
  tell_items(bank, *together, report);
  report.proposals = proposals_for(report);
  return report;
}

}  // namespace trede::commands
