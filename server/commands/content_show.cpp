#include "server/commands/content_show.hpp"

#include <algorithm>

#include "content/draw.hpp"
#include "content/present.hpp"
#include "content/scoring.hpp"

namespace trede::commands {
namespace {

ShownSide side(const content::Item& item, const content::Instance& instance, content::Language language) {
  ShownSide shown;
  shown.exercise = content::project(item, instance, language);
  for (int i = 0; i < shown.exercise.hints; ++i)
    shown.hints.push_back(content::hint(item, instance, i, language).value());
  shown.feedback = content::explain(item, instance, {.right = true}, language);
  return shown;
}

Result<ShownItem> show_item(const content::Item& item, double level, std::uint64_t seed) {
  const Result<content::Instance> instance = content::draw(item, seed);
  if (!instance) return Error{instance.error().code, item.file + ": " + instance.error().detail};
  ShownItem shown;
  shown.id = item.id;
  shown.step = item.step;
  shown.difficulty = level + item.step;
  shown.enrichment = item.enrichment;
  shown.nl = side(item, *instance, content::Language::Nl);
  shown.en = side(item, *instance, content::Language::En);
  shown.type = shown.nl.exercise.form.type;
  return shown;
}

bool is_easier(const ShownItem& one, const ShownItem& other) {
  return one.difficulty != other.difficulty ? one.difficulty < other.difficulty : one.id < other.id;
}

}  // namespace

Result<ShownBank> show(const content::ItemBank& bank, std::uint64_t seed) {
  ShownBank shown{bank.title, {}};
  for (const content::Topic& topic : bank.topics) {
    const auto& year = bank.school_years[static_cast<std::size_t>(topic.school_year)];
    shown.topics.push_back({topic.id, topic.title, topic.goal, year.title, topic.level, {}});
  }
  for (const content::Item& item : bank.items) {
    ShownTopic& topic = shown.topics[static_cast<std::size_t>(item.topic)];
    Result<ShownItem> drawn = show_item(item, topic.level, seed);
    if (!drawn) return drawn.error();
    topic.items.push_back(std::move(*drawn));
  }
  for (ShownTopic& topic : shown.topics) std::sort(topic.items.begin(), topic.items.end(), is_easier);
  return shown;
}

}  // namespace trede::commands
