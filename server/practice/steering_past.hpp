// What a teacher fixed in the last weeks and what was practised meanwhile, beside as long a time just before: counts
// and nothing more, for pupils also learn by themselves and the teacher had a reason. A fold over the decisions and
// then the answers, each in the order of the journal. One thread.
#pragma once

#include <map>
#include <vector>

#include "content/result.hpp"
#include "server/protocol/parts.hpp"
#include "server/store/events.hpp"
#include "server/store/practice_log.hpp"

namespace trede::practice {

class SteeringPast {
 public:
  // members: the pupils of the class.
  SteeringPast(ClassId class_id, const std::vector<PupilId>& members, Milliseconds now_ms);

  Result<void> decide(const store::Event& event);  // a SteeringSet of anybody

  Milliseconds answers_from_ms() const;  // no older ones are asked for
  void answer(PupilId pupil, const store::AnswerGiven& answer);

  // The newest first, at most limits::steering_periods; without those in which nobody practised and those that leave
  // practice as it was.
  std::vector<protocol::SteeringPeriod> periods() const;

 private:
  protocol::Practised practised(const protocol::SteeringPeriod& period, Milliseconds from_ms,
                                Milliseconds to_ms) const;

  ClassId class_id_;
  std::vector<PupilId> members_;
  Milliseconds now_ms_;
  std::vector<protocol::SteeringPeriod> decided_;  // the last of a subject is still open
  std::map<std::int64_t, std::size_t> open_;  // subject as in SteeringPeriod::pupil → place in decided_
  std::map<std::int64_t, std::vector<store::AnswerGiven>> answers_;  // by pupil
};

}  // namespace trede::practice
