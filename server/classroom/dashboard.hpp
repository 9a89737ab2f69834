// What the teachers of one class see, as a pure fold: each change replaces rows, so receiving one twice does
// no harm and the state depends on the last of each only. No clock, no sockets; owned by the Classroom, on
// its loop.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "content/item_bank.hpp"
#include "server/protocol/messages.hpp"

namespace trede::classroom {

struct LessonProgress {
  std::int64_t lesson = 0;
  protocol::LessonPupil pupil;
};

// All that may have changed on the teachers' pages by one step of a pupil.
struct PupilChange {
  protocol::PupilRow row;
  std::vector<LessonProgress> lessons;
  std::vector<protocol::AlertRow> alerts;                 // all of this pupil's
  std::vector<std::pair<std::string, std::string>> gaps;  // topic, what it lacks
};

class Dashboard {
 public:
  void put(PupilChange change);
  void put(protocol::LessonRow lesson);
  void put(protocol::GroupSet groups, std::int64_t replaces);  // keeps the newest limits::group_sets
  void put(const std::string& video,
           protocol::Question question);  // keeps the newest limits::questions_shown of each video

  void remove(std::int64_t pupil);  // all that is shown of this pupil

  std::vector<protocol::PupilRow> pupils() const;  // in order of names
  std::vector<protocol::LessonRow> lessons() const;
  const protocol::LessonRow* lesson(std::int64_t id) const;
  std::vector<protocol::AlertRow> alerts() const;  // likeliest first
  std::vector<protocol::TopicGap> gaps() const;    // those with most pupils first
  std::vector<protocol::GroupSet> groups() const;  // the oldest first
  using Questions = std::map<std::string, std::deque<protocol::Question>>;
  const Questions& questions() const { return questions_; }  // by video, the newest last

  // The lesson's page; request is left empty. Nothing when there is no such lesson.
  std::optional<protocol::LessonShown> lesson_page(std::int64_t id, const content::ItemBank& bank,
                                                   protocol::Language language) const;

  // What changed since the last call.
  struct Changes {
    std::vector<protocol::PupilRow> pupils;
    std::vector<protocol::LessonRow> lessons;
    bool lesson_pages = false;
    bool alerts = false;
    bool gaps = false;
    bool groups = false;
    bool rows() const { return !pupils.empty() || !lessons.empty() || alerts || gaps || groups; }
    bool empty() const { return !rows() && !lesson_pages; }
  };
  Changes take_changes();
  bool has_changes() const {
    return !changed_pupils_.empty() || !changed_lessons_.empty() || lesson_pages_changed_ || groups_changed_;
  }

 private:
  std::map<std::int64_t, protocol::PupilRow> rows_;
  std::map<std::int64_t, protocol::LessonRow> lessons_;
  std::map<std::int64_t, std::map<std::int64_t, protocol::LessonPupil>> progress_;  // lesson → pupil
  Questions questions_;
  std::map<std::int64_t, std::vector<protocol::AlertRow>> alerts_;  // pupil →
  std::set<std::int64_t> changed_pupils_, changed_lessons_;
  std::map<std::int64_t, std::vector<std::pair<std::string, std::string>>> gaps_;  // pupil →
  std::map<std::int64_t, protocol::GroupSet> groups_;
  bool lesson_pages_changed_ = false, alerts_changed_ = false, gaps_changed_ = false, groups_changed_ = false;
};

}  // namespace trede::classroom
