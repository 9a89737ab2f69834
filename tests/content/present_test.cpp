#include "content/present.hpp"

#include "content/draw.hpp"
#include "tests/content/support.hpp"

using namespace trede;
using namespace trede::content;

namespace {

std::string all_text(const Figure& figure) {
  std::string all = figure.type + "|" + figure.alt + "|";
  for (const std::optional<int>& number :
       {figure.parts, figure.shaded, figure.rows, figure.columns, figure.ticks, figure.groups, figure.each}) {
    if (number) all += std::to_string(*number) + "|";
  }
  for (const std::string& label : figure.tick_labels) all += label + "|";
  for (const TableRow& row : figure.table) {
    all += row.label + "|";
    for (const std::string& cell : row.cells) all += cell + "|";
  }
  return all;
}

std::string all_text(const RichText& text) {
  std::string all;
  for (const Segment& segment : text) all += segment.kind + ":" + segment.value + "|";
  return all;
}

// Every string and number an exercise carries; the struct has no other members (content/projection.hpp).
std::string all_text(const Exercise& exercise) {
  std::string all = all_text(exercise.body) + (exercise.figure ? all_text(*exercise.figure) : "") +
                    exercise.form.type + "|" + exercise.form.unit + "|" + exercise.form.before + "|";
  for (const Option& option : exercise.form.options) {
    all += all_text(option.text) + (option.figure ? all_text(*option.figure) : "");
  }
  return all;
}

Item secret_item(const std::string& answer, const std::string& rest = "") {
  return made_item(R"("body": "1 + 1 = ?", "answer": )" + answer + rest);
}

}  // namespace

TEST_CASE("projection: no key reaches the exercise") {
  const Item items[] = {
      secret_item(R"({"type": "number", "value": "8642", "tolerance": "8642", "wrong": "8642"})",
                  R"(, "mistakes": [{"value": "8642 + 1", "feedback": "8642"}])"),
      secret_item(R"({"type": "fraction", "value": "8642/8643"})"),
      secret_item(R"({"type": "text", "accept": {"nl": ["8642"], "en": ["8642"]}})"),
      secret_item(R"({"type": "single", "options": [{"text": "1", "value": "8642", "correct": true},
                      {"text": "2", "value": "86420", "feedback": "8642"}]})"),
      secret_item(
          R"({"type": "ordering", "entries": [{"text": "1", "value": "8642"}, {"text": "2", "value": "86421"}]})")};
  for (const Item& item : items) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      for (const Language language : {Language::Nl, Language::En}) {
        CHECK(all_text(project(item, *draw(item, seed), language)).find("8642") == std::string::npos);
      }
    }
  }
}

TEST_CASE("projection: options are shown in the drawn order and are otherwise alike") {
  const Item& item = small_item("half-picture");
  const Instance instance = *draw(item, 5);
  const Exercise exercise = project(item, instance, Language::Nl);
  REQUIRE(exercise.form.options.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    const Text& text = item.answer.options[static_cast<std::size_t>(instance.order[i])].text;
    CHECK(plain(exercise.form.options[i].text) == render_plain(text, item.words, instance, Language::Nl));
  }
}

TEST_CASE("projection: the same draw reads in both languages") {
  const Item& item = small_item("same-denominator");
  Instance instance = *draw(item, 1);
  instance.variables = {8, 3, 2};
  instance.words = {1};
  CHECK(all_text(project(item, instance, Language::Nl).body) ==
        "text:Noor eet |math:<math><mfrac><mn>3</mn><mn>8</mn></mfrac></math>|text: van een pizza, Sem eet |"
        "math:<math><mfrac><mn>2</mn><mn>8</mn></mfrac></math>|text:. Welk deel is op?|");
  const Exercise english = project(item, instance, Language::En);
  CHECK(all_text(english.body).find("of a pizza") != std::string::npos);
  CHECK(english.figure->alt == "A circle in 8 parts, 3 coloured.");
  CHECK(english.figure->parts == 8);
  CHECK(english.figure->shaded == 3);
  CHECK(english.form.type == "fraction");
  CHECK(english.hints == 2);
}

TEST_CASE("projection: money, number lines and tables use the pupil's notation") {
  const Item& money = small_item("half-of-amount");
  Instance instance = *draw(money, 1);
  instance.variables = {25};
  CHECK(all_text(project(money, instance, Language::Nl).body).find("€ 25,00") != std::string::npos);
  CHECK(all_text(project(money, instance, Language::En).body).find("€ 25.00") != std::string::npos);
  CHECK(all_text(explain(money, instance, {}, Language::Nl).correct_answer) == "text:€ 12,50|");
  const Item& line = small_item("order-decimals");
  const Figure figure = *project(line, *draw(line, 1), Language::Nl).figure;
  REQUIRE(figure.tick_labels.size() == 11);
  CHECK(figure.tick_labels[3] == "0,3");
  const Item& table = small_item("name-of-three-quarters");
  CHECK(project(table, *draw(table, 1), Language::En).figure->table[0].cells ==
        std::vector<std::string>{"0.25", "0.5", "?"});
}

TEST_CASE("explanation: says what went wrong, what is right and how to get there") {
  const Item& item = small_item("same-denominator");
  Instance instance = *draw(item, 1);
  instance.variables = {8, 3, 2};
  const Feedback wrong = explain(item, instance, {false, 0, false}, Language::Nl);
  CHECK_FALSE(wrong.right);
  CHECK(all_text(wrong.message) == "text:Je telde ook de noemers op.|");
  CHECK(all_text(wrong.correct_answer) == "math:<math><mfrac><mn>5</mn><mn>8</mn></mfrac></math>|");
  CHECK(all_text(wrong.solution).find("<mn>5</mn><mn>8</mn>") != std::string::npos);
  CHECK(explain(item, instance, {true, -1, false}, Language::Nl).message.empty());
}

TEST_CASE("explanation: a fraction is told as the steps lead to it, and as small as can be") {
  const Item& any = small_item("same-denominator");
  Instance instance = *draw(any, 1);
  instance.variables = {8, 3, 1};
  CHECK(
      all_text(explain(any, instance, {false, -1, false}, Language::Nl).correct_answer) ==
      "math:<math><mfrac><mn>4</mn><mn>8</mn></mfrac><mo>=</mo><mfrac><mn>1</mn><mn>2</mn></mfrac></math>|");
  instance.variables = {8, 3, 5};
  CHECK(all_text(explain(any, instance, {false, -1, false}, Language::Nl).correct_answer) ==
        "math:<math><mfrac><mn>8</mn><mn>8</mn></mfrac><mo>=</mo><mn>1</mn></math>|");
  const Item& simplest = small_item("simplify");
  const std::string asked =
      all_text(explain(simplest, *draw(simplest, 1), {false, -1, false}, Language::Nl).correct_answer);
  CHECK(asked.find("<mo>=</mo>") == std::string::npos);
}

TEST_CASE("explanation: another form gets its own kind word") {
  const Item& simplest = small_item("simplify");
  const Item& mixed = small_item("mixed-number");
  const Outcome other_form{false, -1, true};
  CHECK(all_text(explain(simplest, *draw(simplest, 1), other_form, Language::Nl).message)
            .find("De waarde klopt") != std::string::npos);
  Instance instance = *draw(mixed, 1);
  instance.variables = {4, 1, 3};
  const Feedback feedback = explain(mixed, instance, other_form, Language::En);
  CHECK(all_text(feedback.message).find("whole number first") != std::string::npos);
  CHECK(all_text(feedback.correct_answer) ==
        "math:<math><mn>1</mn><mfrac><mn>3</mn><mn>4</mn></mfrac></math>|");
}

TEST_CASE("explanation: choices and orders are told by their texts") {
  const Item& choice = small_item("half-picture");
  Instance instance = *draw(choice, 3);
  instance.variables = {7};
  CHECK(all_text(explain(choice, instance, {false, 1, false}, Language::Nl).message) ==
        "text:Dat is het dubbele.|");
  CHECK(all_text(explain(choice, instance, {}, Language::Nl).correct_answer) == "text:7|");
  const Item& order = small_item("order-decimals");
  instance = *draw(order, 3);
  instance.variables = {3};
  CHECK(plain(explain(order, instance, {}, Language::Nl).correct_answer) == "0,3 → 0,35 → 0,4");
}

TEST_CASE("hint: each is given when asked for, and no other exists") {
  const Item& item = small_item("same-denominator");
  const Instance instance = *draw(item, 1);
  CHECK(all_text(*hint(item, instance, 1, Language::Nl)) == "text:Tel de stukken.|");
  CHECK(hint(item, instance, 2, Language::Nl).error().code == ErrorCode::NotFound);
  CHECK(hint(item, instance, -1, Language::Nl).error().code == ErrorCode::NotFound);
}
