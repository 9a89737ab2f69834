#include "server/commands/bank_proposals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace trede::commands {
namespace {

constexpr double edge_share = 0.25;  // gifts or riddles at an edge of the bank

std::int64_t total(const std::vector<std::int64_t>& counts) {
  return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

// The difficulties between which the middle half of what was wanted lies.
std::pair<double, double> middle_half(const ReportedBank& bank, const std::vector<std::int64_t>& counts) {
  const auto bin_at = [&](double share) {
    const double wanted = share * static_cast<double>(total(counts));
    double seen = 0.0;
    std::size_t bin = 0;
    while (bin + 1 < counts.size() && (seen += static_cast<double>(counts[bin])) < wanted) ++bin;
    return static_cast<double>(bin);
  };
  return {bank.lowest_difficulty + bank.difficulty_step * bin_at(0.25),
          bank.lowest_difficulty + bank.difficulty_step * (bin_at(0.75) + 1.0)};
}

int percent(double share) {
  return static_cast<int>(100.0 * share + 0.5);
}

class Proposals {
 public:
  explicit Proposals(const ReportedBank& bank) : bank_(bank) {}

  std::vector<Proposal> all() {
    for (const ReportedTopic& topic : bank_.topics) look_at(topic);
    for (const UsedItem& item : bank_.most_used) look_at(item);
    for (const ReportedCohort& cohort : bank_.cohorts) look_at(cohort);
    look_at_unused();
    for (Proposal& proposal : made_) proposal.text += ".";
    std::stable_partition(made_.begin(), made_.end(),
                          [](const Proposal& proposal) { return proposal.urgent; });
    return std::move(made_);
  }

 private:
  // text: a sentence without its end that begins with a verb, about the topic.
  void propose(bool urgent, const std::string& topic, std::string text) {
    const auto same = std::find_if(made_.begin(), made_.end(), [&](const Proposal& made) {
      return !topic.empty() && made.topic == topic;
    });
    if (same == made_.end()) return made_.push_back({urgent, topic, std::move(text)});
    same->urgent = same->urgent || urgent;
    same->text += "; it " + text;
  }

  void look_at(const ReportedTopic& topic) {
    if (topic.items.empty())
      return propose(true, topic.title, "has no exercises, so pupils pass it by: add at least five families");
    if (topic.videos == 0 && !topic.enrichment)
      propose(false, topic.title, "has no video: who is new to it, or stuck, has only exercises");
    if (topic.reached == 0.0)
      return propose(
          !topic.enrichment, topic.title,
          fmt::format("was reached by nobody in {} weeks: look at what it builds on", bank_.weeks));
    look_at_levels(topic);
    if (!topic.enrichment && topic.mastered < 0.5 && topic.answers > long_topic_answers)
      propose(true, topic.title,
              fmt::format(
                  "takes {:.0f} exercises and only {} % of the pupils master it: is it one topic, and do its "
                  "exercises go up to its cut ({:+.1f})",
                  topic.answers, percent(topic.mastered), topic.cut));
    if (topic.video_minutes > most_video_share * topic.minutes)
      propose(false, topic.title,
              fmt::format("spends {} % of its minutes on video: try shorter ones, or fewer",
                          percent(topic.video_minutes / topic.minutes)));
  }

  void look_at_levels(const ReportedTopic& topic) {
    const double answers = topic.answers * topic.reached;
    if (answers <= 0.0) return;
    tell_missing(topic, topic.too_hard, topic.nothing_easier, "easier", "too hard",
                 "riddles, with P(right) under .5");
    tell_missing(topic, topic.too_easy, topic.nothing_harder, "harder", "too easy",
                 "gifts, with P(right) over .92");
  }

  void tell_missing(const ReportedTopic& topic, const std::vector<std::int64_t>& off, double none_left,
                    std::string_view wanted, std::string_view was, std::string_view extreme) {
    const double all_off = static_cast<double>(total(topic.too_hard) + total(topic.too_easy));
    if (all_off <= 0.0) return;
    const double share = topic.off_target * static_cast<double>(total(off)) / all_off;
    if (share < proposal_share) return;
    const auto [from, to] = middle_half(bank_, off);
    std::string text = fmt::format(
        "needs {} exercises, of difficulty {:+.1f} to {:+.1f}: {} % of those given "
        "were {}",
        wanted, from, to, percent(share), was);
    if (none_left >= 0.01)
      text += fmt::format(", and for {} % there was nothing but {}", percent(none_left), extreme);
    propose(share > 2.5 * proposal_share, topic.title, text);
  }

  void look_at(const UsedItem& item) {
    if (item.of_topic > exercise_share)
      propose(false, item.topic,
              fmt::format("gives \"{}\" in {} % of its turns, {:.0f} times a pupil: add others of about its "
                          "difficulty ({:+.1f})",
                          item.id, percent(item.of_topic), item.each, item.difficulty));
  }

  void look_at(const ReportedCohort& cohort) {
    if (cohort.left_empty > 0.0)
      propose(true, "",
              fmt::format("A pupil of \"{}\" found nothing to do in {:.1f} sessions", cohort.name,
                          cohort.left_empty));
    if (cohort.gifts > edge_share)
      propose(
          false, "",
          fmt::format("For a pupil of \"{}\" {} % of the exercises are gifts: add harder ones, or enrichment",
                      cohort.name, percent(cohort.gifts)));
    if (cohort.riddles > edge_share)
      propose(
          false, "",
          fmt::format("For a pupil of \"{}\" {} % of the exercises are riddles: add easier ones to the first "
                      "topics, or a topic before them",
                      cohort.name, percent(cohort.riddles)));
  }

  void look_at_unused() {
    if (bank_.never_used.empty()) return;
    propose(false, "",
            fmt::format("{} exercises were never given; the list is below", bank_.never_used.size()));
  }

  const ReportedBank& bank_;
  std::vector<Proposal> made_;
};

}  // namespace

std::vector<Proposal> proposals_for(const ReportedBank& bank) {
  return Proposals(bank).all();
}

}  // namespace trede::commands
