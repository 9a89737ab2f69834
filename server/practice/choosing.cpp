#include "server/practice/choosing.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "engine/random.hpp"
#include "server/practice/reasons.hpp"

namespace trede::practice {
namespace {

// A family whose draw fails is a fault of its author; the next seed most likely gives another family.
constexpr std::uint64_t draw_attempts = 8;

// Steering holds for a choice; between choices a context has none, so that what answers do to it needs no decisions
// to be replayed.
class SteeringEnds {
 public:
  explicit SteeringEnds(policy::PupilContext& context) : context_(context) {}
  ~SteeringEnds() { context_.steering = {}; }
  SteeringEnds(const SteeringEnds&) = delete;
  SteeringEnds& operator=(const SteeringEnds&) = delete;

 private:
  policy::PupilContext& context_;
};

store::StoredChoice stored(const policy::Choice& choice, const content::ItemBank& bank, std::uint64_t seed,
                           std::int64_t lesson) {
  store::StoredChoice stored;
  stored.bank = bank.version;
  stored.reason = code_of(choice.reason);
  stored.kind = "nothing";
  if (choice.kind == policy::ChoiceKind::Nothing) return stored;
  const bool is_video = choice.kind == policy::ChoiceKind::Video;
  stored.kind = is_video ? "video" : "exercise";
  stored.id = is_video ? bank.videos[static_cast<std::size_t>(choice.video)].id
                       : bank.items[static_cast<std::size_t>(choice.item)].id;
  stored.topic = bank.topics[static_cast<std::size_t>(choice.topic)].id;
  stored.seed = fmt::format("{:016x}", seed);
  const bool for_lesson =
      choice.reason == policy::Reason::LessonVideo || choice.reason == policy::Reason::ReadinessCheck;
  stored.lesson = for_lesson ? lesson : 0;
  stored.predicted = choice.predicted;
  stored.target = choice.target;
  stored.mastery = choice.mastery;
  stored.probability = choice.probability;
  stored.candidates = choice.candidates;
  stored.alternatives = choice.alternatives;
  if (choice.gap != policy::Gap::None)
    stored.gap = choice.gap == policy::Gap::NothingHarder ? "harder" : "easier";
  if (choice.withheld >= 0) stored.withheld = bank.videos[static_cast<std::size_t>(choice.withheld)].id;
  return stored;
}

// The first open lesson this pupil still has to prepare, as the policy's plan; sets lesson to its id (0 = none).
std::optional<policy::Plan> plan_of_lessons(const std::vector<LessonWork>& lessons,
                                            const content::ItemBank& bank, const std::string& today,
                                            std::int64_t& lesson) {
  lesson = 0;
  for (const auto& work : lessons) {
    const auto topic = bank.find_topic(work.topic);
    if (work.cancelled || !topic || work.date < today) continue;
    const auto& videos = bank.catalogue.topics[static_cast<std::size_t>(*topic)].videos;
    const int video = work.video_done || videos.empty() ? -1 : videos.front();
    const int checks = std::max(0, readiness_exercises - static_cast<int>(work.checks_done));
    if (video < 0 && checks == 0) continue;
    lesson = work.id;
    return policy::Plan{*topic, video, checks};
  }
  return std::nullopt;
}

}  // namespace

std::int64_t prepare(policy::PupilContext& context, const content::ItemBank& bank,
                     const std::vector<LessonWork>& lessons, const Decisions& decisions,
                     Milliseconds now_ms) {
  const std::string today = date_of(now_ms);
  std::int64_t lesson = 0;
  context.plan.reset();
  if (!context.placement.open) context.plan = plan_of_lessons(lessons, bank, today, lesson);
  context.steering = in_force(decisions, bank, today);
  return lesson;
}

Pending choose_step(PupilId pupil, std::int64_t number, Belief& belief, const Model& model,
                    const std::vector<LessonWork>& lessons, const Decisions& decisions, Milliseconds now_ms) {
  const std::int64_t lesson = prepare(belief.context, *belief.bank, lessons, decisions, now_ms);
  const SteeringEnds ends(belief.context);
  const std::uint64_t first =
      mix(static_cast<std::uint64_t>(pupil.value), static_cast<std::uint64_t>(number));
  for (std::uint64_t attempt = 0; attempt < draw_attempts; ++attempt) {
    const std::uint64_t seed = first + attempt;
    const auto choice =
        policy::choose(belief.posterior(), model.catalogue, belief.context, model.effects, seed);
    auto pending = pending_of(stored(choice, *belief.bank, scramble(seed), lesson), belief.bank);
    if (pending.has_value()) return std::move(*pending);
    spdlog::error("an exercise cannot be drawn: {}", pending.error().detail);
  }
  return *pending_of(stored({}, *belief.bank, first, 0), belief.bank);
}

}  // namespace trede::practice
