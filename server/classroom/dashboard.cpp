#include "server/classroom/dashboard.hpp"

#include <algorithm>

#include "server/limits.hpp"
#include "server/protocol/present.hpp"

namespace trede::classroom {
namespace {

bool likelier(const protocol::AlertRow& first, const protocol::AlertRow& second) {
  if (first.probability != second.probability) return first.probability > second.probability;
  if (first.evidence != second.evidence) return first.evidence > second.evidence;
  return first.since_ms < second.since_ms;
}

bool is_same(const std::vector<protocol::AlertRow>& first, const std::vector<protocol::AlertRow>& second) {
  return std::equal(first.begin(), first.end(), second.begin(), second.end(),
                    [](const auto& a, const auto& b) {
                      return a.kind == b.kind && a.cause == b.cause && a.topic == b.topic &&
                             a.probability == b.probability && a.evidence == b.evidence;
                    });
}

}  // namespace

void Dashboard::put(PupilChange change) {
  changed_pupils_.insert(change.row.id);
  for (auto& progress : change.lessons) {
    lesson_pages_changed_ = true;
    progress_[progress.lesson][progress.pupil.id] = std::move(progress.pupil);
  }
  auto& alerts = alerts_[change.row.id];
  alerts_changed_ = alerts_changed_ || !is_same(alerts, change.alerts);
  alerts = std::move(change.alerts);
  auto& gaps = gaps_[change.row.id];
  gaps_changed_ = gaps_changed_ || gaps != change.gaps;
  gaps = std::move(change.gaps);
  rows_[change.row.id] = std::move(change.row);
}

void Dashboard::put(protocol::LessonRow lesson) {
  changed_lessons_.insert(lesson.id);
  lesson_pages_changed_ = true;
  lessons_[lesson.id] = std::move(lesson);
}

void Dashboard::put(protocol::GroupSet groups, std::int64_t replaces) {
  groups_changed_ = true;
  groups_.erase(replaces);
  if (!groups.groups.empty()) groups_[groups.id] = std::move(groups);
  if (groups_.size() > limits::group_sets) groups_.erase(groups_.begin());
}

void Dashboard::put(const std::string& video, protocol::Question question) {
  auto& questions = questions_[video];
  questions.push_back(std::move(question));
  if (questions.size() > limits::questions_shown) questions.pop_front();
  lesson_pages_changed_ = true;
}

void Dashboard::remove(std::int64_t pupil) {
  rows_.erase(pupil);
  for (auto& [lesson, pupils] : progress_) pupils.erase(pupil);
  alerts_.erase(pupil);
  gaps_.erase(pupil);
  changed_pupils_.erase(pupil);
  alerts_changed_ = gaps_changed_ = lesson_pages_changed_ = true;
}

std::vector<protocol::PupilRow> Dashboard::pupils() const {
  std::vector<protocol::PupilRow> rows;
  for (const auto& [id, row] : rows_) rows.push_back(row);
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return rows;
}

std::vector<protocol::LessonRow> Dashboard::lessons() const {
  std::vector<protocol::LessonRow> rows;
  for (const auto& [id, row] : lessons_) rows.push_back(row);
  return rows;
}

const protocol::LessonRow* Dashboard::lesson(std::int64_t id) const {
  const auto found = lessons_.find(id);
  return found == lessons_.end() ? nullptr : &found->second;
}

std::vector<protocol::AlertRow> Dashboard::alerts() const {
  std::vector<protocol::AlertRow> rows;
  for (const auto& [pupil, alerts] : alerts_) rows.insert(rows.end(), alerts.begin(), alerts.end());
  std::stable_sort(rows.begin(), rows.end(), likelier);
  return rows;
}

std::vector<protocol::TopicGap> Dashboard::gaps() const {
  std::map<std::pair<std::string, std::string>, std::vector<std::int64_t>> pupils;
  for (const auto& [pupil, gaps] : gaps_)
    for (const auto& gap : gaps) pupils[gap].push_back(pupil);
  std::vector<protocol::TopicGap> rows;
  for (auto& [gap, who] : pupils) rows.push_back({gap.first, gap.second, std::move(who)});
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto& a, const auto& b) { return a.pupils.size() > b.pupils.size(); });
  return rows;
}

std::vector<protocol::GroupSet> Dashboard::groups() const {
  std::vector<protocol::GroupSet> sets;
  for (const auto& [id, set] : groups_) sets.push_back(set);
  return sets;
}

std::optional<protocol::LessonShown> Dashboard::lesson_page(std::int64_t id, const content::ItemBank& bank,
                                                            protocol::Language language) const {
  const protocol::LessonRow* row = lesson(id);
  if (!row) return std::nullopt;
  protocol::LessonShown page;
  page.lesson = *row;
  const auto topic = bank.find_topic(row->topic);
  if (topic) {
    const auto& videos = bank.catalogue.topics[static_cast<std::size_t>(*topic)].videos;
    page.topic_title = bank.topics[static_cast<std::size_t>(*topic)].title.in(language);
    if (!videos.empty()) page.video = protocol::video_view(bank, videos.front(), language);
  }
  if (const auto found = progress_.find(id); found != progress_.end())
    for (const auto& [pupil, progress] : found->second) page.pupils.push_back(progress);
  std::stable_sort(page.pupils.begin(), page.pupils.end(),
                   [](const auto& a, const auto& b) { return a.name < b.name; });
  if (!page.video) return page;
  if (const auto found = questions_.find(page.video->id); found != questions_.end())
    page.questions.assign(found->second.rbegin(), found->second.rend());
  return page;
}

Dashboard::Changes Dashboard::take_changes() {
  Changes changes;
  for (const auto id : changed_pupils_) changes.pupils.push_back(rows_[id]);
  for (const auto id : changed_lessons_) changes.lessons.push_back(lessons_[id]);
  changes.lesson_pages = lesson_pages_changed_;
  changes.alerts = alerts_changed_;
  changes.gaps = gaps_changed_;
  changes.groups = groups_changed_;
  changed_pupils_.clear();
  changed_lessons_.clear();
  lesson_pages_changed_ = alerts_changed_ = gaps_changed_ = groups_changed_ = false;
  return changes;
}

}  // namespace trede::classroom
