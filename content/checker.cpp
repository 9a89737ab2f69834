#include "content/checker.hpp"

#include <algorithm>
#include <set>

#include "content/bank_reader.hpp"
#include "content/family_checker.hpp"

namespace trede::content {
namespace {

constexpr double too_alike = 0.85;
constexpr std::size_t fewest_families = 5;
constexpr std::size_t fewest_types = 3;
constexpr double least_span = 1.5;
constexpr double widest_gap = 0.5;
constexpr int fewest_enrichment = 10;

using Shingles = std::set<std::string>;

// The question with its numbers left out: what is asked, not with which numbers.
void add_words(const Text& text, std::vector<std::string>& words) {
  std::string all;
  for (const Run& run : text.nl) {
    bool inside_tag = false;
    for (const Piece& piece : run.pieces) {
      for (const char sign : piece.literal) {
        if (run.kind == RunKind::Math && (sign == '<' || sign == '>')) inside_tag = sign == '<';
        all += inside_tag || sign == '>' ? ' ' : sign;
      }
      if (piece.hole) all += " # ";
    }
    all += ' ';
  }
  std::string word;
  for (const char sign : all) {
    const bool ends = std::string_view{" \n.,?!:;()"}.find(sign) != std::string_view::npos;
    if (!ends) word += sign >= 'A' && sign <= 'Z' ? static_cast<char>(sign - 'A' + 'a') : sign;
    if (ends && !word.empty()) words.push_back(std::move(word));
    if (ends) word.clear();
  }
}

// What is asked differs too when the picture or the way of answering does, so both stand at either end.
Shingles shingles(const Item& item) {
  const std::string type = "answer" + std::to_string(static_cast<int>(item.answer.type));
  const std::string figure = item.figure ? item.figure->type : "bare";
  std::vector<std::string> words{type, figure};
  add_words(item.body, words);
  for (const OptionSpec& option : item.answer.options) add_words(option.text, words);
  words.push_back(figure);
  words.push_back(type);
  Shingles triples;
  for (std::size_t i = 2; i < words.size(); ++i)
    triples.insert(words[i - 2] + " " + words[i - 1] + " " + words[i]);
  return triples;
}

// Jaccard: |A ∩ B| / |A ∪ B|.
double similarity(const Shingles& left, const Shingles& right) {
  const auto shared =
      std::count_if(left.begin(), left.end(), [&](const std::string& one) { return right.contains(one); });
  return static_cast<double>(shared) /
         static_cast<double>(left.size() + right.size() - static_cast<std::size_t>(shared));
}

struct TopicCoverage {
  std::size_t families = 0;
  std::set<AnswerType> types;
  std::set<double> steps;
};

std::string spread_problem(const std::set<double>& steps) {
  if (*steps.rbegin() - *steps.begin() < least_span) {
    return "The steps span less than 1.5 logits: add easier or harder families.";
  }
  const auto gap =
      std::adjacent_find(steps.begin(), steps.end(), [](double a, double b) { return b - a > widest_gap; });
  return gap == steps.end() ? "" : "There is a gap of more than 0.5 between the steps: add a family in it.";
}

void check_topic(const TopicCoverage& coverage, const std::string& field, const std::string& id,
                 Problems& problems) {
  const auto tell = [&](const std::string& message) {
    problems.push_back({"topics.json", field, "Topic \"" + id + "\": " + message});
  };
  if (coverage.families < fewest_families) {
    tell(std::to_string(coverage.families) + " families; write at least " + std::to_string(fewest_families) +
         ".");
  }
  if (coverage.types.size() < fewest_types) {
    tell(std::to_string(coverage.types.size()) + " answer types; use at least " +
         std::to_string(fewest_types) + ".");
  }
  const std::string spread = coverage.steps.empty() ? "" : spread_problem(coverage.steps);
  if (!spread.empty()) tell(spread);
}

}  // namespace

Problems check_family(const Item& item, int draws) {
  return FamilyChecker{item, draws}.run();
}

Problems check_near_duplicates(const ItemBank& bank) {
  Problems problems;
  std::vector<Shingles> all;
  for (const Item& item : bank.items) all.push_back(shingles(item));
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (bank.items[i].topic != bank.items[j].topic || similarity(all[i], all[j]) <= too_alike) continue;
      problems.push_back({bank.items[i].file, "body",
                          "This asks nearly the same as " + bank.items[j].file +
                              ": ask something else or take one of them out."});
    }
  }
  return problems;
}

Problems check_coverage(const ItemBank& bank) {
  Problems problems;
  std::vector<TopicCoverage> topics(bank.topics.size());
  int enrichment = 0;
  for (const Item& item : bank.items) {
    if (item.status == ItemStatus::Retired) continue;
    TopicCoverage& topic = topics[static_cast<std::size_t>(item.topic)];
    ++topic.families;
    topic.types.insert(item.answer.type);
    topic.steps.insert(item.step);
    enrichment += item.enrichment || bank.topics[static_cast<std::size_t>(item.topic)].enrichment;
  }
  for (std::size_t i = 0; i < topics.size(); ++i) {
    check_topic(topics[i], "[" + std::to_string(i) + "]", bank.topics[i].id, problems);
  }
  if (enrichment < fewest_enrichment) {
    problems.push_back({"topics.json", "",
                        "There are " + std::to_string(enrichment) + " enrichment families; write at least " +
                            std::to_string(fewest_enrichment) + "."});
  }
  return problems;
}

Problems check_bank(const ItemBank& bank, int draws) {
  Problems problems;
  const auto add = [&](Problems more) {
    problems.insert(problems.end(), std::make_move_iterator(more.begin()),
                    std::make_move_iterator(more.end()));
  };
  for (const Item& item : bank.items) add(check_family(item, draws));
  add(check_near_duplicates(bank));
  add(check_coverage(bank));
  return problems;
}

Problems check_source(const Source& source, int draws) {
  Problems problems;
  const ItemBank bank = read_source(source, problems);
  const Problems found = check_bank(bank, draws);
  problems.insert(problems.end(), found.begin(), found.end());
  return problems;
}

}  // namespace trede::content
