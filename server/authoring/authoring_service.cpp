#include "server/authoring/authoring_service.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

#include "content/checker.hpp"
#include "content/draw.hpp"
#include "content/present.hpp"
#include "content/video_document.hpp"
#include "server/protocol/codec.hpp"
#include "server/protocol/present.hpp"
#include "server/store/bank_store.hpp"
#include "server/store/event_log.hpp"

namespace trede::authoring {
namespace {

constexpr int draws_of_a_check = 200;  // enough to find a rare bad draw, fast enough to wait for while typing

// The conversation waits on its loop; everything else of the service happens on the pool.
template <class Reply>
Result<Reply> with_request(Result<Reply> reply, const std::string& request) {
  if (reply.has_value()) reply->request = request;
  return reply;
}

std::vector<protocol::FieldProblem> field_problems(const content::Problems& problems, std::string_view file) {
  std::vector<protocol::FieldProblem> shown;
  for (const auto& problem : problems)
    if (!problem.warning && (file.empty() || problem.file == file))
      shown.push_back({problem.field, problem.message});
  return shown;
}

std::string type_of(const content::Item& item) {
  switch (item.answer.type) {
    case content::AnswerType::Number:
      return "number";
    case content::AnswerType::Fraction:
      return "fraction";
    case content::AnswerType::Single:
      return "single";
    case content::AnswerType::Multiple:
      return "multiple";
    case content::AnswerType::Text:
      return "text";
    case content::AnswerType::Ordering:
      return "ordering";
  }
  return "";
}

std::string_view status_of(const content::Item& item) {
  switch (item.status) {
    case ItemStatus::Active:
      return "active";
    case ItemStatus::Seeding:
      return "trial";
    case ItemStatus::Retired:
      return "retired";
  }
  return "";
}

std::string text_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

AuthoringService::AuthoringService(store::Journal& journal, Clock clock, content::Source source,
                                   BankPointer bank, std::filesystem::path media,
                                   std::function<void(BankPointer)> adopt)
    : journal_(journal),
      clock_(std::move(clock)),
      media_(std::move(media)),
      adopt_(std::move(adopt)),
      source_(std::move(source)),
      bank_(std::move(bank)) {}

AuthoringService::~AuthoringService() {
  pool_.join();
}

net::awaitable<Result<protocol::ContentShown>> AuthoringService::list(protocol::ListContent asked) {
  auto work = [this, asked] { return list_now(asked); };
  auto reply = co_await net::done_on(pool_, std::move(work));
  co_return with_request(std::move(reply), asked.request);
}

net::awaitable<Result<protocol::DocumentShown>> AuthoringService::open(protocol::OpenDocument asked) {
  auto work = [this, asked] { return open_now(asked); };
  auto reply = co_await net::done_on(pool_, std::move(work));
  co_return with_request(std::move(reply), asked.request);
}

net::awaitable<Result<protocol::ItemTried>> AuthoringService::try_item(protocol::TryItem tried) {
  auto work = [this, tried] { return try_now(tried); };
  auto reply = co_await net::done_on(pool_, std::move(work));
  co_return with_request(std::move(reply), tried.request);
}

net::awaitable<Result<protocol::DocumentPublished>> AuthoringService::publish(
    protocol::PublishDocument published, AccountId author) {
  auto work = [this, published, author] { return publish_now(published, author); };
  auto reply = co_await net::done_on(pool_, std::move(work));
  co_return with_request(std::move(reply), published.request);
}

Result<protocol::ContentShown> AuthoringService::list_now(const protocol::ListContent& asked) const {
  protocol::ContentShown shown;
  shown.bank_version = bank_->version;
  shown.topics = protocol::topic_rows(*bank_, asked.language);
  for (std::size_t i = 0; i < bank_->items.size(); ++i) {
    const auto& item = bank_->items[i];
    protocol::ItemRow row;
    row.id = item.id;
    row.topic = bank_->topics[static_cast<std::size_t>(item.topic)].id;
    row.type = type_of(item);
    row.preview = protocol::preview_of(item, asked.language);
    row.difficulty = bank_->catalogue.items[i].parameters.difficulty;
    row.status = status_of(item);
    row.enrichment = item.enrichment;
    shown.items.push_back(std::move(row));
  }
  for (const auto& video : bank_->videos)
    shown.videos.push_back({video.id,
                            bank_->topics[static_cast<std::size_t>(video.topic)].id,
                            video.title.in(asked.language),
                            video.seconds,
                            0,
                            {}});  // read apart: what it does
  return shown;
}

Result<protocol::DocumentShown> AuthoringService::open_now(const protocol::OpenDocument& asked) const {
  std::string file;
  if (asked.kind == "video" && bank_->find_video(asked.id)) file = "videos/" + asked.id + "/video.json";
  if (const auto item = bank_->find_item(asked.id); asked.kind == "item" && item)
    file = bank_->items[static_cast<std::size_t>(*item)].file;
  const auto document = source_.find(file);
  if (document == source_.end()) return Error{ErrorCode::NotFound, "no such " + asked.kind};
  return protocol::DocumentShown{"", asked.kind, asked.id, document->second,
                                 store::content_hash(document->second)};
}

content::Formulas AuthoringService::formulas_with(const std::vector<protocol::Formula>& added) const {
  content::Formulas formulas = content::formulas_of(source_);
  for (const auto& formula : added) formulas[formula.tex] = formula.mathml;
  return formulas;
}

Result<protocol::ItemTried> AuthoringService::try_now(const protocol::TryItem& tried) const {
  protocol::ItemTried reply;
  const auto checked = content::check_item(tried.document, *bank_, formulas_with(tried.formulas));
  reply.problems = field_problems(checked.problems, "");
  if (!checked.item) return reply;
  for (const auto& finding : content::check_family(*checked.item, draws_of_a_check))
    reply.warnings.push_back(finding.message);
  const auto instance = content::draw(*checked.item, static_cast<std::uint64_t>(tried.seed));
  if (instance.has_error()) {
    reply.problems.push_back({"draw", instance.error().detail});
    return reply;
  }
  reply.exercise = content::project(*checked.item, *instance, tried.language);
  for (int i = 0; i < static_cast<int>(checked.item->hints.size()); ++i)
    reply.hints.push_back(*content::hint(*checked.item, *instance, i, tried.language));
  const content::Answer answer =
      tried.answer.value_or(content::key_answer(*checked.item, *instance, tried.language));
  const auto outcome = content::score(*checked.item, *instance, answer, tried.language);
  reply.answer_invalid = outcome.has_error();
  reply.feedback = content::explain(*checked.item, *instance,
                                    outcome.has_value() ? *outcome : content::Outcome{}, tried.language);
  return reply;
}

Result<protocol::DocumentPublished> AuthoringService::publish_now(const protocol::PublishDocument& published,
                                                                  AccountId author) {
  protocol::DocumentPublished reply;
  const auto json = protocol::parse_json(published.document);
  const auto* object = json.has_value() ? json->if_object() : nullptr;
  const auto* id = object ? object->if_contains("id") : nullptr;
  if (!id || !id->is_string()) {
    reply.problems.push_back({"id", "the document needs an id"});
    return reply;
  }
  const std::string name(id->get_string());

  content::Source source = source_;
  std::string file;
  if (published.kind == "item") {
    const auto checked = content::check_item(published.document, *bank_, formulas_with(published.formulas));
    reply.problems = field_problems(checked.problems, "");
    if (!checked.item) return reply;
    for (const auto& finding : content::check_family(*checked.item, draws_of_a_check))
      if (!finding.warning) reply.problems.push_back({finding.field, finding.message});
    if (!reply.problems.empty()) return reply;
    file = checked.item->file;
    boost::json::object formulas;
    for (const auto& [tex, mathml] : formulas_with(published.formulas)) formulas[tex] = mathml;
    source["formulas.json"] = boost::json::serialize(formulas);
  } else if (published.kind == "video") {
    file = "videos/" + name + "/video.json";
    auto video = *object;
    for (const auto* named : content::file_names(video)) {
      const std::string part(*named);
      if (part.find('/') == std::string::npos && std::filesystem::exists(media_ / part))
        source["videos/" + name + "/" + part] =
            part.ends_with(".vtt") ? text_of(media_ / part) : std::string();
    }
  } else {
    return Error{ErrorCode::Invalid, "kind: item or video is needed"};
  }

  const auto known = open_now({"", published.kind, name});
  if ((known.has_value() ? known->revision : std::string()) != published.revision)
    return Error{ErrorCode::Conflict, "somebody published another version of " + name + " meanwhile"};
  if (const auto before = bank_->find_item(name); published.kind == "item" && before)
    source.erase(bank_->items[static_cast<std::size_t>(*before)].file);  // it may have moved to another topic
  source[file] = published.document;

  const auto loaded = content::load(source, bank_->version + 1);
  reply.problems = field_problems(loaded.problems, "");
  if (!loaded.bank) return reply;
  const auto version = journal_.write_and_wait(store::save_bank(source, bank_->version, author, clock_()));
  if (version.has_error()) return version.error();
  source_ = std::move(source);
  bank_ = loaded.bank;
  adopt_(bank_);
  for (const auto& problem : loaded.problems) reply.warnings.push_back(problem.message);
  reply.bank_version = *version;
  reply.revision = store::content_hash(published.document);
  return reply;
}

}  // namespace trede::authoring
