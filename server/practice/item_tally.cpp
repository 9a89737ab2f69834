#include "server/practice/item_tally.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>

#include "engine/policy/context.hpp"

namespace trede::practice {
namespace {

constexpr std::int64_t weeks_of_exposure = 4;
// Three steps of the author's scale: so far off that the exercise may ask something else than was meant.
constexpr double otherwise_logits = 1.5;
constexpr double otherwise_margins = 3.0;

std::int64_t week_of(Milliseconds at_ms) {
  return at_ms / week_ms;
}

// Score and information of one answer for a shift of difficulty δ (drift.hpp), with slope 1: p − y and p (1 − p).
calibration::DriftSum evidence_of(const store::StepDone& done) {
  const double right = done.right ? 1.0 : 0.0;
  return {done.predicted - right, done.predicted * (1.0 - done.predicted), 1};
}

calibration::DriftFinding drift_of(const ItemTally& tally, double slope) {
  std::vector<calibration::DriftSum> blocks;
  for (const auto& [week, sum] : tally.shift)
    blocks.push_back({slope * sum.score, slope * slope * sum.information, sum.answers});
  // The author's guess counts as uncertain throughout: what answers corrected soon is no sign.
  return calibration::drift(blocks, author_difficulty_sd * author_difficulty_sd);
}

protocol::SuspectSign said_sign(std::string_view why, std::span<const store::ItemSaid> said,
                                std::int64_t since) {
  std::set<std::int64_t> pupils;
  protocol::SuspectSign sign{std::string(why), 0, 0};
  for (const auto& one : said) {
    if (one.why != why || one.bank < since) continue;
    pupils.insert(one.pupil);
    sign.last_ms = std::max(sign.last_ms, one.at_ms);
  }
  sign.pupils = static_cast<std::int64_t>(pupils.size());
  return sign;
}

bool is_otherwise(const ItemParameters& authored, const store::LearnedItem& learned) {
  const double difference = std::abs(learned.difficulty - authored.difficulty);
  return difference >= std::max(otherwise_logits, otherwise_margins * std::sqrt(learned.difficulty_variance));
}

}  // namespace

ItemTally begun_anew(ItemTally tally, std::int64_t since) {
  ItemTally anew;
  anew.since = since;
  anew.given = std::move(tally.given);
  return anew;
}

void count(ItemTally& tally, const store::StepDone& done) {
  ++tally.given[week_of(done.at_ms)];
  if (done.rapid || done.bank < tally.since) return;
  ++tally.answers;
  tally.right += done.right;
  tally.predicted += done.predicted;
  tally.shift[week_of(done.at_ms)] += evidence_of(done);
  if (!done.right && done.predicted >= policy::sure_success) ++tally.surprises[done.pupil];
}

std::int64_t given_lately(const ItemTally& tally, Milliseconds now_ms) {
  std::int64_t given = 0;
  for (const auto& [week, times] : tally.given)
    if (week > week_of(now_ms) - weeks_of_exposure) given += times;
  return given;
}

Interval share_interval(std::int64_t right, std::int64_t answers) {
  if (answers == 0) return {};
  constexpr double z = 1.959964;
  const auto n = static_cast<double>(answers);
  const double share = static_cast<double>(right) / n;
  const double middle = (share + z * z / (2 * n)) / (1 + z * z / n);
  const double half = z / (1 + z * z / n) * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
  return {middle - half, middle + half};
}

std::vector<protocol::SuspectSign> signs_of(const ItemTally& tally, std::span<const store::ItemSaid> said,
                                            const ItemParameters& authored,
                                            const store::LearnedItem* learned) {
  std::vector<protocol::SuspectSign> signs;
  for (const std::string_view why : {"suspect", "broken", "unclear"})
    if (auto sign = said_sign(why, said, tally.since); sign.pupils > 0) signs.push_back(std::move(sign));
  const auto surprised = std::count_if(tally.surprises.begin(), tally.surprises.end(), [](const auto& pupil) {
    return pupil.second >= policy::surprises_suspect;
  });
  if (surprised > 0) signs.push_back({"surprise", surprised, 0});
  std::stable_sort(signs.begin(), signs.end(),
                   [](const auto& a, const auto& b) { return a.pupils > b.pupils; });
  const auto drift = drift_of(tally, authored.slope);
  if (drift.flagged) signs.push_back({drift.statistic > 0 ? "harder" : "easier", 0, 0});
  if (learned && is_otherwise(authored, *learned)) signs.push_back({"otherwise", 0, 0});
  return signs;
}

std::int64_t pupils_who_report(std::span<const store::ItemSaid> said, std::int64_t since) {
  std::set<std::int64_t> pupils;
  for (const auto& one : said)
    if (one.bank >= since) pupils.insert(one.pupil);
  return static_cast<std::int64_t>(pupils.size());
}

}  // namespace trede::practice
