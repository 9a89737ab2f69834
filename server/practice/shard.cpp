#include "server/practice/shard.hpp"

namespace trede::practice {

namespace {

// The lessons of the class are from now on those of the pupil.
void take_lessons(PupilState& pupil, const classroom::Classroom& room) {
  pupil.lessons.clear();
  for (const protocol::LessonRow& lesson : room.dashboard().lessons())
    if (!lesson.cancelled) apply_lesson(pupil, lesson.id, {0, lesson.topic, lesson.date});
}

}  // namespace

void Shard::add(const ClassMembers& members) {
  auto& room = classrooms_[members.id];
  if (!room) room = std::make_shared<classroom::Classroom>(loop_, members.id, bank());
  for (const auto& [id, name] : members.pupils) {
    const bool comes_in = class_of_.try_emplace(id, members.id).second;
    PupilState& pupil = pupils_[id];
    if (comes_in) take_lessons(pupil, *room);
    pupil.id = id;
    pupil.name = name;
    pupil.school_year_mean = members.school_year_mean;
    pupil.decisions.of_class = steering_of(members.id);
  }
}

void Shard::keep(PupilId id, const std::string& name) {
  PupilState& pupil = pupils_[id];
  pupil.id = id;
  pupil.name = name;
}

void Shard::leave_class(PupilId id) {
  if (auto* room = classroom_of(id)) room->remove(id);
  class_of_.erase(id);
}

std::optional<PupilState> Shard::release(PupilId id) {
  const auto found = pupils_.find(id);
  if (found == pupils_.end() || found->second.writing || !found->second.pages.empty()) return std::nullopt;
  leave_class(id);
  auto node = pupils_.extract(found);
  PupilState state = std::move(node.mapped());
  released_.push_back(std::move(node));
  return state;
}

void Shard::receive(PupilState pupil, const ClassMembers& members) {
  const PupilId id = pupil.id;
  pupils_.insert_or_assign(id, std::move(pupil));
  add(members);
}

PupilState* Shard::pupil(PupilId id) {
  const auto found = pupils_.find(id);
  return found == pupils_.end() ? nullptr : &found->second;
}

classroom::Classroom* Shard::classroom(ClassId id) {
  const auto found = classrooms_.find(id);
  return found == classrooms_.end() ? nullptr : found->second.get();
}

classroom::Classroom* Shard::classroom_of(PupilId id) {
  const auto found = class_of_.find(id);
  return found == class_of_.end() ? nullptr : classroom(found->second);
}

std::vector<const classroom::Classroom*> Shard::classrooms() const {
  std::vector<const classroom::Classroom*> all;
  for (const auto& [id, room] : classrooms_) all.push_back(room.get());
  return all;
}

std::vector<PupilState*> Shard::pupils_of(ClassId id) {
  std::vector<PupilState*> members;
  for (const auto& [pupil, home] : class_of_)
    if (home == id) members.push_back(&pupils_[pupil]);
  return members;
}

std::vector<PupilState*> Shard::pupils() {
  std::vector<PupilState*> all;
  for (auto& [id, pupil] : pupils_) all.push_back(&pupil);
  return all;
}

const protocol::Steering& Shard::steering_of(ClassId id) const {
  static const protocol::Steering none;
  const auto found = steering_.find(id);
  return found == steering_.end() ? none : found->second;
}

void Shard::steer(std::int64_t subject, const store::SteeringSet& set) {
  if (set.scope == "pupil") {
    if (PupilState* one = pupil(PupilId{subject})) one->decisions.of_pupil = set.steering;
    return;
  }
  const ClassId id{subject};
  if (!classroom(id)) return;
  steering_[id] = set.steering;
  for (PupilState* each : pupils_of(id)) each->decisions.of_class = set.steering;
}

bool Shard::is_in(PupilId pupil, ClassId id) const {
  const auto found = class_of_.find(pupil);
  return found != class_of_.end() && found->second == id;
}

ModelPointer Shard::model_of(const BankPointer& bank) {
  return bank->version == model_->bank->version ? model_ : models_.of(bank);
}

void Shard::adopt(ModelPointer model) {
  if (model->parameters != model_->parameters) models_ = Models(model->parameters);
  model_ = std::move(model);
  for (auto& [id, room] : classrooms_) room->adopt(bank());
}

void Shard::publish(const PupilState& pupil, Sequence sequence, Milliseconds now_ms) {
  if (auto* room = classroom_of(pupil.id)) room->publish(change_of(pupil, *model_, now_ms), sequence);
}

}  // namespace trede::practice
