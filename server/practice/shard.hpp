// The pupils and classes one loop owns. Everything here is touched on that loop only; to reach it from
// elsewhere, post to it (net::on_loop). Holds no lock and no clock of its own.
#pragma once

#include <map>
#include <memory>
#include <unordered_map>

#include "server/async.hpp"
#include "server/classroom/classroom.hpp"
#include "server/clock.hpp"
#include "server/practice/pupil_state.hpp"

namespace trede::practice {

// A class and its pupils, by name: what practice must know of the people.
struct ClassMembers {
  ClassId id;
  double school_year_mean = 0;
  std::vector<std::pair<PupilId, std::string>> pupils;
};

class Shard {
 public:
  Shard(net::Executor loop, ModelPointer model)
      : loop_(loop), model_(std::move(model)), models_(model_->parameters) {}

  net::Executor loop() const { return loop_; }
  const ModelPointer& model() const { return model_; }
  const BankPointer& bank() const { return model_->bank; }
  // The bank a step was drawn from under the present parameters.
  ModelPointer model_of(const BankPointer& bank);

  // Makes room for a class; pupils who are there already keep their state.
  void add(const ClassMembers& members);

  // Somebody without a class, now: kept, so that nothing of what was done is lost.
  void keep(PupilId id, const std::string& name);

  // A pupil who goes elsewhere. leave_class: teachers see no more of them; the state stays here. release: the state,
  // for another shard; nothing while a page is open or something is on its way to the disk. receive: into this class.
  void leave_class(PupilId id);
  std::optional<PupilState> release(PupilId id);
  void receive(PupilState pupil, const ClassMembers& members);

  // Null when the shard does not have them.
  PupilState* pupil(PupilId id);
  classroom::Classroom* classroom(ClassId id);
  classroom::Classroom* classroom_of(PupilId id);
  std::vector<const classroom::Classroom*> classrooms() const;
  std::vector<PupilState*> pupils_of(ClassId id);
  std::vector<PupilState*> pupils();

  // What the teacher fixed for the class; in force for who joins it later as well.
  const protocol::Steering& steering_of(ClassId id) const;
  // Makes it so, for a class or a pupil that this shard has.
  void steer(std::int64_t subject, const store::SteeringSet& set);
  bool is_in(PupilId pupil, ClassId id) const;

  void adopt(ModelPointer model);  // for the next steps and for the teachers' pages

  // Tells the teachers what there is to see of this pupil now.
  void publish(const PupilState& pupil, Sequence sequence, Milliseconds now_ms);

 private:
  net::Executor loop_;
  ModelPointer model_;  // of the newest bank and parameters
  Models models_;       // of older banks
  std::unordered_map<PupilId, PupilState> pupils_;
  std::vector<std::unordered_map<PupilId, PupilState>::node_type>
      released_;  // empty; somebody may point there still
  std::unordered_map<PupilId, ClassId> class_of_;
  std::unordered_map<ClassId, protocol::Steering> steering_;
  std::unordered_map<ClassId, std::shared_ptr<classroom::Classroom>> classrooms_;
};

// ---- what others see of a pupil (pure) ----

// As the belief stands, or as it would begin, under the model that the pages show.
Belief shown_belief(const PupilState& pupil, const Model& model, Milliseconds now_ms);
protocol::PupilRow row_of(const PupilState& pupil, const Model& model, Milliseconds now_ms);
classroom::PupilChange change_of(const PupilState& pupil, const Model& model, Milliseconds now_ms);
std::vector<protocol::Standing> standings_of(const PupilState& pupil, const Model& model,
                                             protocol::Language language);
protocol::Reason reason_of(const store::StoredChoice& choice, const content::ItemBank& bank,
                           protocol::Language language);
protocol::Step step_of(const PupilState& pupil, protocol::Language language);
protocol::VideoView video_of(const PupilState& pupil, const content::ItemBank& bank, int video,
                             std::int64_t lesson, protocol::Language language);

// To ask a shard for it from another loop (net::on_loop).
inline net::awaitable<ModelPointer> model_of(const Shard& shard) {
  co_return shard.model();
}

}  // namespace trede::practice
