#include "server/commands/policy_log.hpp"

#include <cmath>
#include <unordered_map>

#include "server/accounts/directory.hpp"
#include "server/limits.hpp"
#include "server/net/loops.hpp"
#include "server/practice/choosing.hpp"
#include "server/practice/reasons.hpp"
#include "server/practice/replay.hpp"

namespace trede::commands {
namespace {

using practice::ChoiceMade;

int cell_of(bool is_video, double predicted) {
  return is_video ? 0 : 1 + std::clamp(static_cast<int>(10.0 * predicted), 0, choice_cells - 2);
}

bool same_action(const policy::Choice& one, const policy::Choice& other) {
  return one.kind == other.kind && one.item == other.item && one.video == other.video;
}

// The stages' way to an action, not only the action.
bool same_way(const policy::Choice& one, const policy::Choice& other) {
  return same_action(one, other) && one.reason == other.reason && std::abs(one.target - other.target) < 1e-9;
}

template <class Same>
double probability_of(const std::vector<policy::Choice>& choices, const policy::Choice& made, Same same) {
  double sum = 0.0;
  for (const policy::Choice& choice : choices)
    if (same(choice, made)) sum += choice.probability;
  return sum;
}

// In the positions of the bank; nullopt for one it lacks, or that is no exercise and no video.
std::optional<policy::Choice> made_in(const content::ItemBank& bank, const store::StoredChoice& stored) {
  policy::Choice choice;
  const bool is_video = stored.kind == "video";
  const auto index = is_video ? bank.find_video(stored.id) : bank.find_item(stored.id);
  const auto topic = bank.find_topic(stored.topic);
  if (stored.kind == "nothing" || !index || !topic) return std::nullopt;
  choice.kind = is_video ? policy::ChoiceKind::Video : policy::ChoiceKind::Exercise;
  (is_video ? choice.video : choice.item) = *index;
  choice.topic = *topic;
  choice.reason = practice::reason_of(stored.reason);
  choice.target = stored.target;
  return choice;
}

// Sees every choice when it is made and again when it was carried out.
class LogReader {
 public:
  LogReader(const std::vector<Candidate>& candidates, const std::function<void(std::size_t)>& told)
      : candidates_(candidates), told_(told) {}

  void see(const ChoiceMade& made) {
    finish(made);
    begin(made);
  }

  PolicyLog log;

 private:
  struct Open {
    PolicyDecision decision;
    std::string id;
    double mastery = 0.0;
  };

  void finish(const ChoiceMade& made) {
    const auto found = open_.find(made.pupil.value);
    if (found == open_.end()) return;
    Open open = std::move(found->second);
    open_.erase(found);
    const auto topic = made.belief.bank->find_topic(made.taken.step.topic);
    // A step that was sent again may not be the one that was chosen.
    if (!topic || made.taken.step.id != open.id || made.taken.recovered) return;
    const double cut = made.model.catalogue.topics[static_cast<std::size_t>(*topic)].cut;
    open.decision.mastery_gain = tracking::mastery(made.belief.posterior(), *topic, cut) - open.mastery;
    log.decisions.push_back(std::move(open.decision));
    told_(log.decisions.size());
  }

  void begin(const ChoiceMade& made) {
    const store::StoredChoice& stored = made.taken.next;
    const auto choice = made_in(*made.belief.bank, stored);
    if (!choice || stored.probability <= 0.0) return;
    policy::PupilContext context = made.belief.context;
    practice::prepare(context, *made.belief.bank, made.lessons, made.decisions, made.at_ms);
    const auto options = [&](const Candidate& candidate) {
      return choices_of(candidate, made.belief.posterior(), made.model.catalogue, context,
                        made.model.effects);
    };
    const auto now = options({});
    const bool reproduced =
        std::abs(probability_of(now, *choice, same_way) - stored.probability) < 1e-6 * stored.probability;
    Open open{.decision = {}, .id = stored.id, .mastery = stored.mastery};
    PolicyDecision& decision = open.decision;
    decision.pupil = static_cast<int>(made.pupil.value);
    decision.cell = cell_of(choice->kind == policy::ChoiceKind::Video, stored.predicted);
    decision.mastery_cell =
        std::clamp(static_cast<int>(mastery_cells * stored.mastery), 0, mastery_cells - 1);
    ++(reproduced ? log.reproduced : log.other_policy);
    decision.behaviour = reproduced ? probability_of(now, *choice, same_action) : stored.probability;
    for (const Candidate& candidate : candidates_)
      decision.views.push_back(view_of(options(candidate), *choice, reproduced));
    open_.insert_or_assign(made.pupil.value, std::move(open));
  }

  static CandidateView view_of(const std::vector<policy::Choice>& options, const policy::Choice& choice,
                               bool whole_action) {
    CandidateView view;
    view.probability = whole_action ? probability_of(options, choice, same_action)
                                    : probability_of(options, choice, same_way);
    for (const policy::Choice& option : options) {
      const int cell = cell_of(option.kind == policy::ChoiceKind::Video, option.predicted);
      view.cells[static_cast<std::size_t>(cell)] += option.probability;
    }
    return view;
  }

  const std::vector<Candidate>& candidates_;
  const std::function<void(std::size_t)>& told_;
  std::unordered_map<std::int64_t, Open> open_;  // the choice each pupil is at
};

}  // namespace

Result<PolicyLog> read_policy_log(const std::filesystem::path& folder,
                                  const std::vector<Candidate>& candidates,
                                  const std::function<void(std::size_t)>& told) {
  const auto database = store::Database::open(folder / "school.db", store::Database::Mode::ReadOnly);
  if (database.has_error()) return database.error();
  const auto people = accounts::Directory::load(**database);
  if (people.has_error()) return people.error();
  const auto newest = store::newest_bank(**database);
  if (newest.has_error()) return newest.error();
  store::BankShelf shelf(**database);
  const auto bank = shelf.at(*newest);
  if (bank.has_error()) return bank.error();

  net::Loops loops(1);
  practice::Shard shard(loops.executor(0),
                        practice::model_of(*bank, std::make_shared<const practice::Parameters>()));
  for (const accounts::Class* each : (*people)->classes()) {
    practice::ClassMembers members{.id = each->id, .school_year_mean = 0.0, .pupils = {}};
    for (const accounts::Account* pupil : (*people)->pupils_of(each->id))
      if ((*people)->class_of(pupil->id)->id == each->id) members.pupils.emplace_back(pupil->id, pupil->name);
    shard.add(members);
  }
  practice::Learner learner({limits::publication_answers, 0}, *bank);
  LogReader reading(candidates, told);
  const auto replayed = practice::replay(**database, shelf, {&shard}, learner, 0,
                                         {.witness = [&](const ChoiceMade& made) { reading.see(made); }});
  if (replayed.has_error()) return replayed.error();
  return std::move(reading.log);
}

}  // namespace trede::commands
