#include "server/commands/simulate_run.hpp"

#include <algorithm>
#include <cmath>
#include <ctime>

#include "engine/lab/summary.hpp"

namespace trede::commands {
namespace {

constexpr std::string_view our_word = "trede";

template <class Value, class WordOf>
Result<std::vector<Value>> named(const std::vector<std::string>& words, const std::vector<Value>& known,
                                 std::string_view what, WordOf word_of) {
  if (words.empty()) return known;
  std::vector<Value> found;
  for (const std::string& word : words) {
    const auto match =
        std::find_if(known.begin(), known.end(), [&](const Value& value) { return word_of(value) == word; });
    if (match == known.end())
      return Error{ErrorCode::Invalid, "there is no " + std::string(what) + " \"" + word +
                                           "\"; trede simulate --help lists them"};
    found.push_back(*match);
  }
  return found;
}

ReportedEstimate reported(const lab::Estimate& estimate) {
  return {estimate.mean, estimate.half};
}

ReportedGains reported(const lab::Gains& gains) {
  return {reported(gains.all), reported(gains.lowest), reported(gains.highest)};
}

ReportedPolicy reported(const lab::Contender& contender, const lab::Summary& summary) {
  ReportedPolicy policy;
  policy.word = contender.word;
  policy.name = contender.name;
  policy.gains = reported(summary.gains);
  policy.mastered = summary.mastered;
  policy.success = summary.success;
  policy.minutes = summary.minutes;
  policy.video_minutes = summary.video_minutes;
  policy.videos = summary.videos;
  policy.most_exposed = summary.most_exposed;
  policy.coverage = summary.coverage;
  policy.rmse = summary.rmse;
  policy.rate_correlation = summary.rate_correlation;
  policy.gifts_highest = summary.gifts_highest;
  policy.talent_growth = summary.talent_growth;
  policy.curve = summary.curve;
  return policy;
}

ReportedWorld reported(lab::World world, const std::vector<lab::Contender>& contenders, std::size_t ours,
                       const std::vector<std::vector<lab::RunResult>>& runs) {
  ReportedWorld told{
      std::string(word_of(world)), std::string(name_of(world)), std::string(description_of(world)), {}};
  for (std::size_t c = 0; c < contenders.size(); ++c) {
    ReportedPolicy policy = reported(contenders[c], lab::summarise(runs[c]));
    if (c != ours) {
      const lab::Difference minus = lab::difference(runs[ours], runs[c]);
      policy.ours_minus = ReportedDifference{reported(minus.gains), minus.relative};
    }
    told.policies.push_back(std::move(policy));
  }
  return told;
}

double processor_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

}  // namespace

std::vector<lab::World> all_worlds() {
  std::vector<lab::World> all(lab::worlds.begin(), lab::worlds.end());
  all.insert(all.end(), lab::stranger_worlds.begin(), lab::stranger_worlds.end());
  all.insert(all.end(), lab::later_worlds.begin(), lab::later_worlds.end());
  all.insert(all.end(), lab::last_worlds.begin(), lab::last_worlds.end());
  all.insert(all.end(), lab::newest_worlds.begin(), lab::newest_worlds.end());
  all.insert(all.end(), lab::unseen_worlds.begin(), lab::unseen_worlds.end());
  return all;
}

std::vector<lab::Contender> all_contenders() {
  std::vector<lab::Contender> all = lab::usual_contenders();
  for (lab::Contender& variant : lab::variants_of_ours()) all.push_back(std::move(variant));
  return all;
}

Result<ReportedStudy> run_study(const StudyRequest& request, const std::function<void(int, int)>& told) {
  const auto worlds = named(request.worlds, all_worlds(), "world", lab::word_of);
  if (worlds.has_error()) return worlds.error();
  const auto contenders = named(request.policies, all_contenders(), "policy",
                                [](const lab::Contender& contender) { return contender.word; });
  if (contenders.has_error()) return contenders.error();
  lab::StudyOptions options = request.options;
  options.worlds = *worlds;
  const double start = processor_seconds();
  const lab::StudyResults results = lab::compare(*contenders, options, told);

  const auto ours = std::find_if(contenders->begin(), contenders->end(),
                                 [](const lab::Contender& contender) { return contender.word == our_word; });
  const auto position = static_cast<std::size_t>(ours == contenders->end() ? contenders->size() - 1
                                                                           : ours - contenders->begin());
  ReportedStudy study;
  study.pupils = options.pupils;
  study.seeds = options.seeds;
  study.first_seed = static_cast<std::int64_t>(options.first_seed);
  study.minutes = options.minutes;
  study.ours = (*contenders)[position].word;
  for (std::size_t w = 0; w < worlds->size(); ++w)
    study.worlds.push_back(reported((*worlds)[w], *contenders, position, results[w]));
  study.cpu_seconds = processor_seconds() - start;
  return study;
}

}  // namespace trede::commands
