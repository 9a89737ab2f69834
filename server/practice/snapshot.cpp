#include "server/practice/snapshot.hpp"

#include <algorithm>
#include <tuple>

#include "server/practice/packing.hpp"
#include "server/store/file_hash.hpp"
#include "server/store/whole_file.hpp"

namespace trede::practice {
namespace {

// What the file begins with: whether the rest counts.
struct Label {
  std::string program;  // the hash of its file: another program may mean something else by the same bytes
  store::Tip tip;
  std::vector<std::pair<std::int64_t, std::int64_t>> homes;  // pupil and class, by pupil
};

struct Room {
  std::int64_t id = 0;
  protocol::Steering steering;
  std::vector<protocol::LessonRow> lessons;
  std::vector<protocol::GroupSet> groups;
  std::map<std::string, std::deque<protocol::Question>> questions;  // without names
};

// What is not one pupil's.
struct Common {
  std::int64_t events = 0, steps = 0, other_engine = 0;
  std::vector<Parameters> parameters;  // the newest versions, the newest last
  Learner::Memory learner;
  std::vector<Room> rooms;
};

// What replay rebuilds of a pupil. Not here: who it is, today's school year, and the present of this process.
auto past_of(auto& pupil) {
  return std::tie(pupil.belief, pupil.pending, pupil.last, pupil.number, pupil.videos, pupil.lessons,
                  pupil.notices, pupil.decisions, pupil.put_aside_at, pupil.reported, pupil.days, pupil.today,
                  pupil.answers_today, pupil.right_today, pupil.last_active_ms);
}
static_assert(boost::pfr::tuple_size_v<PupilState> == 3 + 15 + 3, "say in past_of() what a new member is");

std::string packed_past(const PupilState& pupil) {
  Packer packer;
  std::apply([&](const auto&... member) { (packer.put(member), ...); }, past_of(pupil));
  return packer.take();
}

// Whole only when is_whole().
PupilState unpacked_past(Unpacker& unpacker) {
  PupilState pupil;
  std::apply([&](auto&... member) { (unpacker.read(member), ...); }, past_of(pupil));
  return pupil;
}

const std::string& this_program() {
  static const auto hash = store::hash_of_file("/proc/self/exe");
  ENSURE(hash.has_value());
  return *hash;
}

// In the order of their ids.
std::vector<std::pair<Shard*, PupilState*>> all_pupils(const std::vector<Shard*>& shards) {
  std::vector<std::pair<Shard*, PupilState*>> all;
  for (Shard* shard : shards)
    for (PupilState* pupil : shard->pupils()) all.emplace_back(shard, pupil);
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.second->id < b.second->id; });
  return all;
}

std::vector<std::pair<std::int64_t, std::int64_t>> homes_in(const std::vector<Shard*>& shards) {
  std::vector<std::pair<std::int64_t, std::int64_t>> homes;
  for (const auto& [shard, pupil] : all_pupils(shards))
    homes.emplace_back(pupil->id.value, shard->classroom_of(pupil->id)->id().value);
  return homes;
}

std::vector<Room> rooms_in(const std::vector<Shard*>& shards) {
  std::vector<Room> rooms;
  for (Shard* shard : shards)
    for (const auto* room : shard->classrooms()) {
      const classroom::Dashboard& dashboard = room->dashboard();
      rooms.push_back({room->id().value, shard->steering_of(room->id()), dashboard.lessons(),
                       dashboard.groups(), dashboard.questions()});
      for (auto& [video, questions] : rooms.back().questions)
        for (auto& question : questions) question.name.clear();
    }
  std::sort(rooms.begin(), rooms.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  return rooms;
}

std::string packed_common(const std::vector<Shard*>& shards, const Learner& learner,
                          const Replayed& replayed) {
  Common common{replayed.events,  replayed.steps,  replayed.other_engine, {},
                learner.memory(), rooms_in(shards)};
  for (const auto& version : replayed.recent) common.parameters.push_back(*version);
  Packer packer;
  packer.put(common);
  return packer.take();
}

void restore(Shard& shard, Room room, Sequence at) {
  const ClassId id{room.id};
  classroom::Classroom& live = *shard.classroom(id);
  shard.steer(room.id, {0, "class", room.steering});
  for (const auto& lesson : room.lessons) live.publish(lesson, at);
  for (auto& groups : room.groups) live.publish(std::move(groups), 0, at);
  for (auto& [video, questions] : room.questions)
    for (auto& question : questions) {
      if (const PupilState* asked = shard.pupil(PupilId{question.pupil})) question.name = asked->name;
      live.publish(video, std::move(question), at);
    }
}

void put_back(PupilState& pupil, PupilState& saved) {
  auto now = past_of(pupil), then = past_of(saved);
  now.swap(then);
}

// As replay would have it for who came after the snapshot: the lessons of the class were planned for it too.
void plan_lessons(PupilState& pupil, const std::vector<protocol::LessonRow>& lessons) {
  for (const auto& lesson : lessons) {
    apply_lesson(pupil, lesson.id, {0, lesson.topic, lesson.date});
    if (lesson.cancelled) apply(pupil, store::LessonCancelled{0, lesson.id});
  }
}

// The sections of a file: label, what is common, then one a pupil in the order of the label.
class SectionReader {
 public:
  explicit SectionReader(store::BankShelf* shelf) : shelf_(shelf) {}

  Result<void> take(const std::string& section) {
    const auto number = sections_++;
    Unpacker unpacker(section, [this](std::int64_t version) { return bank(version); });
    if (number > 0) packed.push_back(section);
    if (number == 0) {
      label = unpacker.get<Label>();
      if (label.program != this_program())
        return Error{ErrorCode::Conflict, "it is of another version of the program"};
    } else if (shelf_ == nullptr) {
      return {};
    } else if (number == 1) {
      common = unpacker.get<Common>();
    } else {
      pupils.push_back(unpacked_past(unpacker));
    }
    if (!unpacker.is_whole()) return Error{ErrorCode::Conflict, "it cannot be read"};
    return {};
  }

  Label label;
  Common common;
  std::vector<PupilState> pupils;
  std::vector<std::string> packed;  // what is common, and each pupil

 private:
  BankPointer bank(std::int64_t version) {
    const auto found = shelf_ ? shelf_->at(version) : Result<BankPointer>(nullptr);
    return found.has_value() ? *found : nullptr;
  }

  store::BankShelf* shelf_;  // null: only the label is read
  std::size_t sections_ = 0;
};

Result<void> counts(const Label& label, store::Database& database, const std::vector<Shard*>& shards) {
  std::optional<store::Link> link;
  const auto read = store::guarded([&]() -> Result<std::int64_t> {
    link = store::link_at(database, label.tip.sequence);
    return 0;
  });
  if (read.has_error()) return read.error();
  if (link != label.tip.link) return Error{ErrorCode::Conflict, "it is of another journal"};
  const auto now = homes_in(shards);
  if (!std::includes(now.begin(), now.end(), label.homes.begin(), label.homes.end()))
    return Error{ErrorCode::Conflict, "pupils changed classes since"};
  return {};
}

Result<SectionReader> read_label(const std::filesystem::path& file, store::Database& database,
                           const std::vector<Shard*>& shards, store::BankShelf* shelf) {
  SectionReader reading(shelf);
  const auto read =
      store::read_whole(file, [&](const std::string& section) { return reading.take(section); });
  if (read.has_error() && read.error().code == ErrorCode::Invalid)
    return Error{ErrorCode::Conflict, read.error().detail};
  if (read.has_error()) return read.error();
  if (const auto counting = counts(reading.label, database, shards); counting.has_error())
    return counting.error();
  if (shelf && (reading.pupils.size() != reading.label.homes.size() || reading.common.parameters.empty()))
    return Error{ErrorCode::Conflict, "it is not complete"};
  return reading;
}

bool agree(const std::optional<Belief>& first, const std::optional<Belief>& second) {
  if (!first || !second) return !first && !second;
  return tracking::agree(tracking::digest(first->tracked.state), tracking::digest(second->tracked.state));
}

Replayed replayed_of(const SectionReader& reading) {
  Replayed replayed;
  replayed.last = reading.label.tip.sequence;
  replayed.events = reading.common.events;
  replayed.steps = reading.common.steps;
  replayed.other_engine = reading.common.other_engine;
  replayed.recent.clear();
  for (const auto& version : reading.common.parameters)
    replayed.recent.push_back(std::make_shared<const Parameters>(version));
  replayed.parameters = replayed.recent.back();
  return replayed;
}

}  // namespace

std::filesystem::path snapshot_of(const std::filesystem::path& database) {
  return std::filesystem::path(database).replace_extension(".snapshot");
}

Result<void> save_snapshot(const std::filesystem::path& file, store::Database& database,
                           const std::vector<Shard*>& shards, const Learner& learner,
                           const Replayed& replayed) {
  Label label{this_program(), {replayed.last, {}}, homes_in(shards)};
  const auto linked = store::guarded([&]() -> Result<std::int64_t> {
    const auto link = store::link_at(database, replayed.last);
    if (!link) return Error{ErrorCode::Conflict, "there is no event to make a snapshot of"};
    label.tip.link = *link;
    return 0;
  });
  if (linked.has_error()) return linked.error();
  store::WholeFile whole(file);
  Packer packer;
  packer.put(label);
  whole.add(packer.take());
  whole.add(packed_common(shards, learner, replayed));
  for (const auto& [shard, pupil] : all_pupils(shards)) whole.add(packed_past(*pupil));
  return whole.put_in_place();
}

Result<Replayed> load_snapshot(const std::filesystem::path& file, store::Database& database,
                               store::BankShelf& shelf, const std::vector<Shard*>& shards, Learner& learner) {
  auto reading = read_label(file, database, shards, &shelf);
  if (reading.has_error()) return reading.error();
  const Replayed replayed = replayed_of(*reading);
  learner.restore(std::move(reading->common.learner));
  std::map<std::int64_t, std::vector<protocol::LessonRow>> lessons;
  for (auto& room : reading->common.rooms)
    for (Shard* shard : shards)
      if (shard->classroom(ClassId{room.id})) {
        lessons[room.id] = room.lessons;
        restore(*shard, room, replayed.last);
      }
  const auto& homes = reading->label.homes;
  for (const auto& [shard, pupil] : all_pupils(shards)) {
    const auto saved =
        std::lower_bound(homes.begin(), homes.end(), std::pair(pupil->id.value, std::int64_t{0}));
    if (saved != homes.end() && saved->first == pupil->id.value)
      put_back(*pupil, reading->pupils[static_cast<std::size_t>(saved - homes.begin())]);
    else
      plan_lessons(*pupil, lessons[shard->classroom_of(pupil->id)->id().value]);
  }
  return replayed;
}

Result<Sequence> sequence_of(const std::filesystem::path& file, store::Database& database,
                             const std::vector<Shard*>& shards) {
  const auto reading = read_label(file, database, shards, nullptr);
  if (reading.has_error()) return reading.error();
  return reading->label.tip.sequence;
}

Result<void> compare_snapshot(const std::filesystem::path& file, store::BankShelf& shelf,
                              const std::vector<Shard*>& shards, const Learner& learner,
                              const Replayed& replayed) {
  SectionReader reading(&shelf);
  const auto read =
      store::read_whole(file, [&](const std::string& section) { return reading.take(section); });
  if (read.has_error()) return read.error();
  std::map<std::int64_t, const PupilState*> now;
  for (const auto& [shard, pupil] : all_pupils(shards)) now[pupil->id.value] = pupil;
  for (std::size_t i = 0; i < reading.pupils.size(); ++i) {
    const std::int64_t id = reading.label.homes.at(i).first;
    const auto found = now.find(id);
    if (found != now.end() && packed_past(*found->second) == reading.packed.at(i + 1)) continue;
    const bool same_belief = found != now.end() && agree(found->second->belief, reading.pupils[i].belief);
    return Error{ErrorCode::Conflict, (same_belief ? "what the snapshot keeps of pupil "
                                                   : "the belief that the snapshot keeps of pupil ") +
                                          std::to_string(id) + " is not what the journal says"};
  }
  if (packed_common(shards, learner, replayed) != reading.packed.at(0))
    return Error{ErrorCode::Conflict,
                 "what the snapshot keeps of classes and parameters is not what the journal says"};
  return {};
}

}  // namespace trede::practice
