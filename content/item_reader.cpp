#include "content/item_reader.hpp"

#include <algorithm>
#include <array>

#include "content/answer_reader.hpp"
#include "content/limits.hpp"
#include "content/piece_reader.hpp"

namespace trede::content {
namespace {

std::optional<int> find_topic(const std::vector<Topic>& topics, const std::string& id) {
  const auto found =
      std::find_if(topics.begin(), topics.end(), [&](const Topic& topic) { return topic.id == id; });
  if (found == topics.end()) return std::nullopt;
  return static_cast<int>(found - topics.begin());
}

ItemStatus read_status(const Field& status) {
  const std::string name = status.string();
  if (name == "trial") return ItemStatus::Seeding;
  if (name == "retired") return ItemStatus::Retired;
  if (name != "active") status.problem("The status is one of active, trial, retired.");
  return ItemStatus::Active;
}

class ItemReader {
 public:
  ItemReader(const Field& root, const ItemContext& context)
      : root_(root), context_(context), pieces_(context.formulas, context.formulas_present) {}

  Item read(const std::string& file) {
    item_.file = file;
    read_place();
    read_draw();
    read_question();
    read_solve();
    read_help();
    read_remarks();
    return std::move(item_);
  }

 private:
  void read_place();
  void read_also(const Field& also);
  void read_step(const Field& step);
  void read_draw();
  void read_question();
  void read_solve();
  void read_help();
  void read_remarks();
  bool needs_solve() const;

  const Field& root_;
  const ItemContext& context_;
  PieceReader pieces_;
  Item item_;
};

void ItemReader::read_place() {
  std::string topic;
  if (const auto id = root_.member("id")) item_.id = id->identifier();
  if (const auto field = root_.member("topic")) {
    topic = field->identifier();
    const std::optional<int> found = find_topic(context_.topics, topic);
    if (!found)
      field->problem("The topic \"" + topic + "\" is not in topics.json: add it there or choose another.");
    item_.topic = found.value_or(0);
  }
  const std::string place = "items/" + topic + "/" + item_.id + ".json";
  if (!item_.id.empty() && !topic.empty() && place != item_.file) {
    root_.problem("By its topic and id this file must be " + place +
                  ": move it, or mend the topic or the id.");
  }
  if (const auto also = root_.member("also")) read_also(*also);
  if (const auto step = root_.member("step")) read_step(*step);
}

void ItemReader::read_also(const Field& also) {
  for (const auto& [name, weight] : also.members(2)) {
    const std::optional<int> topic = find_topic(context_.topics, name);
    if (!topic) weight.problem("The topic \"" + name + "\" is not in topics.json: choose another.");
    if (topic == item_.topic) weight.problem("A secondary topic differs from the item's own: take it out.");
    item_.also.push_back({topic.value_or(0), weight.number(0.2, 0.6)});
  }
}

void ItemReader::read_step(const Field& step) {
  constexpr std::array steps{-1.0, -0.5, 0.0, 0.5, 1.0};
  item_.step = step.number(-1.0, 1.0);
  if (std::find(steps.begin(), steps.end(), item_.step) == steps.end()) {
    step.problem("The step is one of -1, -0.5, 0, 0.5, 1.");
  }
}

void ItemReader::read_draw() {
  if (const auto lines = root_.member("draw")) {
    for (const Field& line : lines->elements(1, limits::draws)) {
      if (std::optional<Expression> value = pieces_.draw(line)) item_.draws.push_back(std::move(*value));
    }
  }
  if (const auto conditions = root_.member("require")) {
    for (const Field& line : conditions->elements(1, limits::draws)) {
      if (std::optional<Expression> condition = pieces_.condition(line))
        item_.require.push_back(std::move(*condition));
    }
  }
  if (const auto words = root_.member("words")) {
    constexpr std::size_t most_lists = 10;
    for (const auto& [name, lists] : words->members(most_lists)) pieces_.word_list(name, lists);
  }
  item_.names = pieces_.scope().names;
  item_.words = pieces_.words();
}

void ItemReader::read_question() {
  if (const auto body = root_.member("body")) item_.body = pieces_.text(*body);
  if (const auto figure = root_.member("figure")) item_.figure = read_figure(*figure, pieces_);
  if (const auto answer = root_.member("answer")) item_.answer = read_answer(*answer, pieces_);
}

bool ItemReader::needs_solve() const {
  const AnswerSpec& answer = item_.answer;
  const bool choice = answer.type == AnswerType::Single || answer.type == AnswerType::Multiple;
  return (answer.value && !answer.value->is_constant()) ||
         (choice && std::any_of(answer.options.begin(), answer.options.end(), [](const OptionSpec& option) {
            return option.value && !option.value->is_constant();
          }));
}

void ItemReader::read_solve() {
  const std::optional<Field> solve = root_.member("solve");
  if (solve) {
    item_.solve = pieces_.condition(*solve, true);
  } else if (needs_solve()) {
    root_.problem(
        "The key depends on draws, so \"solve\" is needed: a condition on `answer` that restates the "
        "question.");
  }
}

void ItemReader::read_help() {
  if (const auto mistakes = root_.member("mistakes")) {
    for (const Field& mistake : mistakes->elements(0, limits::mistakes)) {
      item_.mistakes.push_back(read_mistake(mistake, item_.answer.type, pieces_));
    }
  }
  if (const auto hints = root_.member("hints")) {
    for (const Field& hint : hints->elements(1, limits::hints)) item_.hints.push_back(pieces_.text(hint));
  }
  if (const auto solution = root_.member("solution")) item_.solution = pieces_.text(*solution);
}

void ItemReader::read_remarks() {
  if (const auto minutes = root_.member("minutes")) item_.minutes = minutes->number(0.1, 30.0);
  if (const auto slope = root_.member("discrimination")) item_.discrimination = slope->number(0.2, 4.0);
  if (const auto status = root_.member("status")) item_.status = read_status(*status);
  if (const auto enrichment = root_.member("enrichment")) item_.enrichment = enrichment->boolean();
  if (const auto author = root_.member("author")) item_.author = author->string();
  if (const auto source = root_.member("source")) item_.source = source->string();
  if (const auto licence = root_.member("licence")) item_.licence = licence->string();
}

}  // namespace

Item read_item(const Field& root, const std::string& file, const ItemContext& context) {
  if (!root.is_object_of("item")) return {};
  return ItemReader{root, context}.read(file);
}

}  // namespace trede::content
