// What kind of step was chosen and why, in words that pupil, teacher and author can be told.
#pragma once

namespace trede::policy {

enum class ChoiceKind { Exercise, Video, Nothing };

enum class Reason {
  Placement,       // a first look at where this pupil stands
  Frontier,        // the first things in the order of topics that this pupil does not master yet
  Review,          // a topic finished before that may be fading, or that one session cannot prove
  HigherLevel,     // finished, and who asks for hard exercises may finish it at a higher level
  Seeding,         // a new exercise whose difficulty we want to learn
  LessonVideo,     // the teacher planned a lesson: first its video
  ReadinessCheck,  // then a few exercises that show who is ready for it
  VideoForNew,     // the topic is new and far too hard
  VideoForStuck,   // three of the last four answers on the topic were wrong
  VideoPays,       // a minute of video is likely to teach more than a minute of practice now
  EasyAfterVideo,  // a likely success on what was just explained
  Enrichment,      // what the topics ask is mastered: above the curriculum
  Paused,          // the teacher paused this pupil's practice
  NothingLeft      // the bank has no exercise in use
};

}  // namespace trede::policy
