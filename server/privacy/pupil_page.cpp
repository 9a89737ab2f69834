#include "server/privacy/pupil_page.hpp"

#include <fmt/format.h>

#include "server/privacy/page_texts.hpp"
#include "server/protocol/codec.hpp"
#include "server/protocol/present.hpp"

namespace trede::privacy {
namespace {

constexpr std::string_view style =
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;"
    "border-bottom:1px solid #bbb}td{overflow-wrap:anywhere}h2{margin-top:2.5rem}";

// 2026-11-22 08:30
std::string minute_of(Milliseconds at_ms) {
  std::string text = moment_of(at_ms).substr(0, 16);
  text[10] = ' ';
  return text;
}

class Page {
 public:
  Page(const PupilFile& file, protocol::Language language) : file_(file), language_(language) {}

  std::string text() {
    begin();
    account();
    standings();
    steps();
    questions();
    events();
    deeds();
    fields();
    return std::move(html_) + "</main></body></html>\n";
  }

 private:
  std::string_view say(const Said& said) const { return said.in(language_); }
  void add(std::string_view text) { html_ += text; }

  void begin() {
    const std::string title = fmt::format(fmt::runtime(say(texts::title)), escaped(file_.account.name));
    add(fmt::format(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title><style>{}</style>"
        "</head><body><main><h1>{}</h1><p>{}</p><p>{}</p>",
        language_ == protocol::Language::Nl ? "nl" : "en", title, style, title, say(texts::about),
        minute_of(file_.made_ms)));
  }

  void heading(const Said& said) { add(fmt::format("<h2>{}</h2>", say(said))); }

  void row(std::initializer_list<std::string> cells) {
    add("<tr>");
    for (const std::string& cell : cells) add("<td>" + escaped(cell) + "</td>");
    add("</tr>");
  }

  void table(std::initializer_list<Said> columns) {
    add("<table><thead><tr>");
    for (const Said& column : columns) add(fmt::format("<th scope=\"col\">{}</th>", say(column)));
    add("</tr></thead><tbody>");
  }
  void end_table() { add("</tbody></table>"); }

  void account() {
    heading(texts::account);
    table({texts::what, texts::value});
    row({std::string(say(texts::name)), file_.account.name});
    row({std::string(say(texts::school)), file_.account.school});
    for (const KeptClass& each : file_.account.classes)
      row({std::string(say(texts::school_class)), each.name});
    row({std::string(say(texts::number)), std::to_string(file_.account.number)});
    for (const std::string& until : file_.sessions_until) row({std::string(say(texts::session)), until});
    end_table();
  }

  void standings() {
    heading(texts::standings);
    table({texts::topic, texts::mastery, texts::answers});
    for (const protocol::Standing& one : file_.standings)
      if (one.answers > 0)
        row({one.title, fmt::format("{:.0f} %", 100 * one.mastery), std::to_string(one.answers)});
    end_table();
  }

  void steps() {
    heading(texts::steps);
    table({texts::when, texts::question, texts::answer, texts::outcome, texts::seconds, texts::hints});
    for (const protocol::HistoryEntry& one : file_.steps) {
      const bool video = one.kind == "video";
      const Said& outcome = video ? texts::video : one.right ? texts::right : texts::wrong;
      row({minute_of(one.at_ms), protocol::plain_text(one.body), one.answer, std::string(say(outcome)),
           std::to_string(one.elapsed_ms / 1000), std::to_string(one.hints)});
    }
    end_table();
  }

  void questions() {
    heading(texts::questions);
    table({texts::when, texts::video, texts::question});
    for (const store::Event& event : file_.events) {
      if (event.kind != store::QuestionAsked::tag) continue;
      const auto asked = protocol::decode<store::QuestionAsked>(event.payload);
      if (asked.has_value()) row({minute_of(event.at_ms), asked->video, asked->text});
    }
    end_table();
  }

  // The rest as it is stored; what the members mean stands at the end of the page.
  void events() {
    heading(texts::events);
    table({texts::when, texts::kind, texts::value});
    for (const store::Event& event : file_.events)
      if (event.kind != store::StepTaken::tag && event.kind != store::QuestionAsked::tag)
        row({minute_of(event.at_ms), event.kind, event.payload});
    end_table();
  }

  void deeds() {
    heading(texts::deeds);
    table({texts::when, texts::who, texts::what});
    for (const KeptDeed& one : file_.deeds)
      row({minute_of(one.at_ms), one.role.empty() ? one.who : fmt::format("{} ({})", one.who, one.role),
           std::string(deed_in(one.action, language_))});
    end_table();
  }

  void fields() {
    heading(texts::fields);
    const std::string language = language_ == protocol::Language::Nl ? "nl" : "en";
    for (const auto& [group_name, group] : declared_fields()) {
      if (group_name != "tables" && group_name != "events" && group_name != "shapes") continue;
      table({texts::field, texts::meaning});
      for (const auto& [name, entry] : group.as_object())
        for (const auto& [field, meaning] : entry.as_object().at("fields").as_object())
          row({std::string(name) + "." + std::string(field),
               std::string(meaning.as_object().at(language).as_string())});
      end_table();
    }
  }

  const PupilFile& file_;
  protocol::Language language_;
  std::string html_;
};

}  // namespace

std::string escaped(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  for (const char c : text) switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      case '\'':
        safe += "&#39;";
        break;
      default:
        safe += c;
    }
  return safe;
}

std::string page_of(const PupilFile& file, protocol::Language language) {
  return Page(file, language).text();
}

}  // namespace trede::privacy
