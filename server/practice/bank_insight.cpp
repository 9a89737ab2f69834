#include "server/practice/bank_insight.hpp"

#include <algorithm>

#include "server/limits.hpp"
#include "server/protocol/present.hpp"

namespace trede::practice {
namespace {

using Said = std::map<std::string, std::vector<store::ItemSaid>, std::less<>>;

Result<Said> said_by_item(store::Database& database) {
  auto all = store::items_said(database);
  if (all.has_error()) return all.error();
  Said said;
  for (auto& one : *all) said[one.item].push_back(std::move(one));
  return said;
}

template <class Values>
auto find_or_empty(const Values& values, const std::string& id) {
  const auto found = values.find(id);
  return found == values.end() ? typename Values::mapped_type{} : found->second;
}

double share(double part, std::int64_t whole) {
  return whole > 0 ? part / static_cast<double>(whole) : 0.0;
}

protocol::SuspectItem suspect_of(const content::ItemBank& bank, std::size_t index, const ItemTally& tally,
                                 std::vector<protocol::SuspectSign> signs, protocol::Language language) {
  const content::Item& item = bank.items[index];
  return {item.id,
          bank.topics[static_cast<std::size_t>(item.topic)].id,
          protocol::preview_of(item, language),
          tally.answers,
          share(static_cast<double>(tally.right), tally.answers),
          share(tally.predicted, tally.answers),
          std::move(signs)};
}

std::int64_t weight_of(const protocol::SuspectItem& suspect) {
  std::int64_t weight = 0;
  for (const auto& sign : suspect.signs) weight += std::max<std::int64_t>(sign.pupils, 1);
  return weight;
}

void keep_the_likeliest(std::vector<protocol::SuspectItem>& suspects) {
  std::stable_sort(suspects.begin(), suspects.end(),
                   [](const auto& a, const auto& b) { return weight_of(a) > weight_of(b); });
  if (suspects.size() > limits::suspects_shown) suspects.resize(limits::suspects_shown);
}

}  // namespace

void count(Given& given, const store::StepDone& done) {
  given.through = done.sequence;
  ++(done.video ? given.videos_shown : given.exercises);
  count((done.video ? given.videos : given.items)[done.id], done);
  if (!done.withheld.empty()) ++given.videos[done.withheld].withheld;
}

Result<protocol::ChoicesShown> choices_of(const Given& given, const content::ItemBank& bank,
                                          const protocol::OpenChoices& asked) {
  const bool video = asked.kind == "video";
  if (video ? !bank.find_video(asked.id) : asked.kind != "item" || !bank.find_item(asked.id))
    return Error{ErrorCode::NotFound, "no such " + asked.kind};
  const auto tally = find_or_empty(video ? given.videos : given.items, asked.id);
  protocol::ChoicesShown shown = choices_shown(tally, video ? given.videos_shown : given.exercises);
  shown.request = asked.request;
  shown.kind = asked.kind;
  shown.id = asked.id;
  return shown;
}

Result<std::unique_ptr<BankInsight>> BankInsight::open(const std::filesystem::path& file, Clock clock) {
  auto database = store::Database::open(file, store::Database::Mode::ReadOnly);
  if (database.has_error()) return database.error();
  return std::unique_ptr<BankInsight>(new BankInsight(std::move(*database), std::move(clock)));
}

BankInsight::BankInsight(std::unique_ptr<store::Database> database, Clock clock)
    : clock_(std::move(clock)), database_(std::move(database)) {}

BankInsight::~BankInsight() {
  pool_.join();
}

net::awaitable<Result<BankFindings>> BankInsight::of(ModelPointer model, protocol::Language language) {
  auto work = [this, model, language] { return look(*model, language); };
  co_return co_await net::done_on(pool_, std::move(work));
}

net::awaitable<Result<protocol::ChoicesShown>> BankInsight::choices(ModelPointer model,
                                                                    protocol::OpenChoices asked) {
  auto work = [this, model, asked]() -> Result<protocol::ChoicesShown> {
    if (const auto done = catch_up(*model->bank); done.has_error()) return done.error();
    return choices_of(given_, *model->bank, asked);
  };
  co_return co_await net::done_on(pool_, std::move(work));
}

Result<void> BankInsight::catch_up(const content::ItemBank& bank) {
  const auto since = store::unchanged_since(*database_, bank.version);
  if (since.has_error()) return since.error();
  for (const auto& item : bank.items) {
    const std::int64_t version = find_or_empty(*since, item.file);
    ItemTally& tally = tallies_[item.id];
    if (tally.since != version) tally = begun_anew(std::move(tally), version);
  }
  const auto read = store::steps_since(*database_, given_.through, [&](const store::StepDone& done) {
    count(given_, done);
    const auto tally = done.video ? tallies_.end() : tallies_.find(done.id);
    if (tally != tallies_.end()) count(tally->second, done);
  });
  if (read.has_error()) return read.error();
  return {};
}

Result<BankFindings> BankInsight::look(const Model& model, protocol::Language language) {
  const content::ItemBank& bank = *model.bank;
  if (const auto done = catch_up(bank); done.has_error()) return done.error();
  const auto said = said_by_item(*database_);
  if (said.has_error()) return said.error();
  BankFindings findings;
  findings.now_ms = clock_();
  auto gaps = store::gaps_since(*database_, findings.now_ms - week_ms);
  if (gaps.has_error()) return gaps.error();
  findings.gaps = std::move(*gaps);
  for (std::size_t i = 0; i < bank.items.size(); ++i) {
    const std::string& id = bank.items[i].id;
    const ItemTally& tally = tallies_[id];
    const auto about = find_or_empty(*said, id);
    findings.items.emplace(id, tally);
    findings.reports.emplace(id, pupils_who_report(about, tally.since));
    findings.given_lately += given_lately(tally, findings.now_ms);
    const auto learned = model.parameters->items.find(id);
    const bool is_learned = learned != model.parameters->items.end();
    auto signs =
        signs_of(tally, about, bank.catalogue.items[i].parameters, is_learned ? &learned->second : nullptr);
    if (!signs.empty() && bank.items[i].status != ItemStatus::Retired)
      findings.suspects.push_back(suspect_of(bank, i, tally, std::move(signs), language));
  }
  keep_the_likeliest(findings.suspects);
  for (const auto& [id, tally] : given_.videos) findings.viewings.emplace(id, tally.viewings);
  return findings;
}

std::vector<protocol::SuspectItem> for_teachers(std::vector<protocol::SuspectItem> suspects) {
  for (auto& suspect : suspects)
    std::erase_if(suspect.signs, [](const auto& sign) { return sign.why == "otherwise"; });
  std::erase_if(suspects, [](const auto& suspect) { return suspect.signs.empty(); });
  return suspects;
}

void show(const BankFindings& findings, protocol::ContentShown& shown) {
  shown.gaps = findings.gaps;
  shown.suspects = findings.suspects;
  for (protocol::VideoRow& row : shown.videos) row.viewings = find_or_empty(findings.viewings, row.id);
  for (protocol::ItemRow& row : shown.items) {
    const auto found = findings.items.find(row.id);
    if (found == findings.items.end()) continue;
    const ItemTally& tally = found->second;
    const Interval interval = share_interval(tally.right, tally.answers);
    row.answers = tally.answers;
    row.right_share = share(static_cast<double>(tally.right), tally.answers);
    row.right_low = interval.low;
    row.right_high = interval.high;
    row.predicted_share = share(tally.predicted, tally.answers);
    row.exposure = share(static_cast<double>(given_lately(tally, findings.now_ms)), findings.given_lately);
    row.reports = find_or_empty(findings.reports, row.id);
  }
}

}  // namespace trede::practice
