// Tells a lesson, a story in text (tests/lessons/*.txt), to the real practice service with a real journal on a clock
// of its own, and checks what the story expects. A line without indent is what somebody does, an indented one what
// is to be seen then; `tests/lessons/README.md` lists the sentences. One thread.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/server/practice_support.hpp"

namespace trede::practice {

inline const std::string lesson_bank = TREDE_SOURCE_DIR "/content/starter";

using Words = std::vector<std::string>;
using Wanted = std::function<bool(const store::StoredChoice&)>;

class LessonTeller {
 public:
  LessonTeller() : school_({.starter = lesson_bank}) {}

  // One line of a lesson; fails the test when nobody knows the sentence or it does not come true.
  void tell(const std::string& line);

 private:
  struct Sentence {
    std::string shape;  // words; * stands for one, … for all the rest
    std::function<void(LessonTeller&, const Words&)> act;
  };
  static const std::vector<Sentence>& deeds();
  static const std::vector<Sentence>& sights();    // what is there now
  static const std::vector<Sentence>& outlooks();  // the steps that come next, which are taken to see them

  std::size_t pupil_named(const std::string& name);
  void answer(std::size_t pupil, const std::string& how, int times);
  void watch(std::size_t pupil);
  void work(std::size_t pupil, const std::string& how, int times);  // answers exercises, watches videos
  void work_until(std::size_t pupil, const std::string& how, const std::string& news,
                  const std::string& topic);
  void end_placement(std::size_t pupil);
  void choose_level(std::size_t pupil, const std::string& level);
  void put_aside(std::size_t pupil, const std::string& why);
  void report(std::size_t pupil);
  void steer(std::optional<PupilId> only, const std::string& what);
  void plan_lesson(const std::string& topic, int days);
  void publish_without(const std::string& subject);  // "" = the whole bank
  void retire_everything();
  void set_status(const std::string& topic, int count, const std::string& status);  // of its first exercises
  void start_anew();
  template <class T>
  void note(const Result<T>& result) {
    if (result.has_error()) refused_ = result.error().code;
  }

  protocol::Step step();
  const store::StoredChoice& choice();
  std::int64_t placement_given();                              // −1 = no placement
  void follow(int count, const std::function<void()>& check);  // before each of the next exercises
  bool meets(int steps, const std::string& how, const Wanted& wanted);
  int count(int steps, const Wanted& wanted);
  double mean_predicted(int count);
  double growth();  // of the ability on the topic, by the last answer
  protocol::Standing standing(const std::string& topic);
  bool is_told_of_gap(const std::string& topic, const std::string& lacks);
  int reports();

  PracticeSchool school_;
  std::size_t pupil_ = 0;  // who did something last
  std::optional<protocol::StepJudged> judged_;
  std::optional<ErrorCode> refused_;
  std::string seen_;            // the step on the screen before
  tracking::Posterior before_;  // the last answer
  std::vector<std::string> heard_;
};

}  // namespace trede::practice
