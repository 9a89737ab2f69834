#include "server/practice/overview.hpp"

#include <algorithm>

namespace trede::practice {
namespace {

constexpr std::size_t topics_named = 5;
constexpr Milliseconds lately_ms = 7 * 86'400'000LL;  // active this week

// The mean movement of the topics practised, over the days that are kept (about a week).
double growth_of(const PupilState& pupil, const Belief& belief) {
  const tracking::Posterior& posterior = belief.posterior();
  if (pupil.days.empty() || pupil.days.front().mean.size() != posterior.topics()) return 0;
  double sum = 0;
  int practised = 0;
  for (int k = 0; k < posterior.topics(); ++k) {
    if (belief.context.topics[static_cast<std::size_t>(k)].answers <= 0) continue;
    sum += posterior.mean(k) - pupil.days.front().mean[k];
    ++practised;
  }
  return practised == 0 ? 0 : sum / practised;
}

}  // namespace

protocol::ChildRow child_of(const PupilState& pupil, const Model& model, Milliseconds now_ms,
                            protocol::Language language) {
  protocol::ChildRow row;
  row.id = pupil.id.value;
  row.name = pupil.name;
  row.last_active_ms = pupil.last_active_ms;
  row.answers_today = pupil.today == day_of(now_ms) ? pupil.answers_today : 0;
  row.topics = standings_of(pupil, model, language);
  std::erase_if(row.topics, [](const protocol::Standing& each) { return each.answers == 0; });
  return row;
}

void count_in(protocol::ClassTotals& totals, const PupilState& pupil, const Model& model,
              Milliseconds now_ms) {
  ++totals.pupils;
  if (!pupil.belief) return;
  if (now_ms - pupil.last_active_ms < lately_ms) ++totals.active_week;
  if (pupil.today == day_of(now_ms)) totals.answers_today += pupil.answers_today;
  const Belief belief = move_to(*pupil.belief, model);
  for (const auto& topic : belief.context.topics) {
    if (topic.finished)
      ++totals.topics_finished;
    else if (topic.answers > 0)
      ++totals.topics_growing;
  }
}

std::optional<protocol::TalentRow> talent_of(const PupilState& pupil, const Model& model, int school_year,
                                             Milliseconds now_ms, protocol::Language language) {
  if (!pupil.belief) return std::nullopt;
  const Belief belief = shown_belief(pupil, model, now_ms);
  const content::ItemBank& bank = *model.bank;
  protocol::TalentRow row;
  std::vector<std::pair<double, std::string>> beyond;
  for (std::size_t k = 0; k < bank.topics.size(); ++k) {
    const auto& progress = belief.context.topics[k];
    if (progress.answers <= 0) continue;
    if (bank.topics[k].enrichment && progress.finished) ++row.enrichment;
    if (bank.topics[k].school_year <= school_year) continue;
    const double mastery =
        tracking::mastery(belief.posterior(), static_cast<int>(k), model.catalogue.topics[k].cut);
    row.ahead += mastery;
    beyond.emplace_back(mastery, bank.topics[k].title.in(language));
  }
  if (row.ahead < ahead_from && row.enrichment == 0) return std::nullopt;
  std::sort(beyond.rbegin(), beyond.rend());
  beyond.resize(std::min(beyond.size(), topics_named));
  for (auto& [mastery, title] : beyond) row.topics.push_back(std::move(title));
  row.pupil = pupil.id.value;
  row.name = pupil.name;
  row.growth = growth_of(pupil, belief);
  row.last_active_ms = pupil.last_active_ms;
  return row;
}

}  // namespace trede::practice
