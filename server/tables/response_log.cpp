#include "server/tables/response_log.hpp"

#include <algorithm>
#include <fstream>
#include <optional>

#include "server/tables/csv.hpp"
#include "server/tables/name_index.hpp"

namespace trede::tables {
namespace {

struct LogColumns {
  std::size_t pupil = 0, item = 0, topics = 0, correct = 0;
  std::optional<std::size_t> time, response;
};

std::string in_quotes(std::string_view text) {
  constexpr std::size_t shown = 40;
  return "\"" + std::string(text.substr(0, shown)) + (text.size() > shown ? "…" : "") + "\"";
}

Result<LogColumns> find_columns(const CsvReader& csv, const Header& header) {
  LogColumns columns;
  const std::pair<const char*, std::size_t*> needed[] = {{"pupil", &columns.pupil},
                                                         {"item", &columns.item},
                                                         {"topics", &columns.topics},
                                                         {"correct", &columns.correct}};
  for (const auto& [name, place] : needed) {
    const auto column = header.column(name);
    if (!column)
      return csv.error_at(1, std::string("there is no column \"") + name +
                                 "\"; needed are pupil,item,topics,correct,time_s,response_ms");
    *place = *column;
  }
  columns.time = header.column("time_s");
  columns.response = header.column("response_ms");
  return columns;
}

class LogReader {
 public:
  LogReader(const CsvReader& csv, const LogColumns& columns) : csv_(csv), columns_(columns) {}

  Result<bool> add(const Row& row) {
    for (const auto step :
         {&LogReader::add_pupil, &LogReader::add_item, &LogReader::add_outcome, &LogReader::add_times})
      if (const auto done = (this->*step)(row); !done) return done;
    return true;
  }

  Result<ReadLog> finish() {
    prediction::ResponseLog& log = read_.log;
    if (log.rows() == 0) return csv_.error_at(1, "there is no row below the header");
    log.pupil_begins.push_back(log.rows());
    log.pupils = pupils_.take();
    log.topic_count = topics_.size();
    if (!columns_.time) note("there is no column time_s: taken as a log without a clock");
    if (!columns_.response) note("there is no column response_ms: response times are not known");
    if (backward_ > 0)
      note("in " + std::to_string(backward_) +
           " rows time_s goes back: taken as no time since the row before");
    if (without_topics_ > 0)
      note(std::to_string(without_topics_) +
           " items have no topic: only the general ability counts for them");
    if (csv_.ends_without_newline())
      note("the last line does not end with a line break: is the file complete?");
    return std::move(read_);
  }

 private:
  Result<bool> add_pupil(const Row& row) {
    prediction::ResponseLog& log = read_.log;
    const std::string_view name = row.fields[columns_.pupil];
    if (name.empty()) return csv_.error_at(row.line, "the pupil has no name");
    const int known = pupils_.size(), number = pupils_.number_of(name);
    if (number == pupil_) return true;
    if (number < known)
      return csv_.error_at(row.line,
                           "pupil " + in_quotes(name) +
                               " was here before, with another pupil in between; all rows of a pupil must "
                               "follow each other");
    pupil_ = number;
    if (number > 0) log.pupil_begins.push_back(log.rows());
    return true;
  }

  Result<bool> add_item(const Row& row) {
    const std::string_view name = row.fields[columns_.item], topics = row.fields[columns_.topics];
    if (name.empty()) return csv_.error_at(row.line, "the item has no name");
    const int known = items_.size(), item = items_.number_of(name);
    read_.log.item.push_back(item);
    if (item == known) {
      topic_texts_.emplace_back(topics);
      const auto numbers = topic_numbers(topics);
      read_.log.topics.insert(read_.log.topics.end(), numbers.begin(), numbers.end());
      read_.log.topic_begins.push_back(read_.log.topics.size());
      without_topics_ += numbers.empty() ? 1 : 0;
      return true;
    }
    const std::string& first = topic_texts_[static_cast<std::size_t>(item)];
    if (first == topics || topic_numbers(first) == topic_numbers(topics)) return true;
    return csv_.error_at(row.line, "item " + in_quotes(name) + " has the topics " + in_quotes(topics) +
                                       " here and " + in_quotes(first) +
                                       " before; the topics of an item never change");
  }

  Result<bool> add_outcome(const Row& row) {
    const std::string_view field = trimmed(row.fields[columns_.correct]);
    if (field != "0" && field != "1")
      return csv_.error_at(row.line, "correct is " + in_quotes(field) + "; 0 or 1 is needed");
    read_.log.correct.push_back(field == "1" ? 1 : 0);
    return true;
  }

  Result<bool> add_times(const Row& row) {
    prediction::ResponseLog& log = read_.log;
    const std::size_t begin = log.pupil_begins.back();
    const auto index = static_cast<double>(log.rows() - 1 - begin);
    double time = index, response = -1.0;
    if (columns_.time) {
      const auto given = number(row.fields[*columns_.time]);
      if (!given)
        return csv_.error_at(row.line,
                             "time_s is " + in_quotes(row.fields[*columns_.time]) + ", not a number");
      time = *given;
    }
    if (columns_.response && !is_missing(row.fields[*columns_.response])) {
      const auto given = number(row.fields[*columns_.response]);
      if (!given || *given < 0)
        return csv_.error_at(row.line, "response_ms is " + in_quotes(row.fields[*columns_.response]) +
                                           "; a number from 0 or nothing is needed");
      response = *given;
    }
    backward_ += index > 0 && time < log.time_s.back() ? 1 : 0;
    log.has_clock = log.has_clock || time != index;
    log.time_s.push_back(time);
    log.response_ms.push_back(response);
    return true;
  }

  // Ascending, each once.
  std::vector<std::int32_t> topic_numbers(std::string_view text) {
    std::vector<std::int32_t> numbers;
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find(';', begin), text.size());
      if (end > begin) numbers.push_back(topics_.number_of(text.substr(begin, end - begin)));
      begin = end + 1;
    }
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    return numbers;
  }

  void note(std::string text) { read_.notes.push_back(std::move(text)); }

  const CsvReader& csv_;
  LogColumns columns_;
  ReadLog read_;
  NameIndex pupils_, items_, topics_;
  std::vector<std::string> topic_texts_;  // of each item
  int pupil_ = -1;
  std::size_t backward_ = 0, without_topics_ = 0;
};

}  // namespace

Result<ReadLog> read_response_log(const std::filesystem::path& file) {
  auto csv = CsvReader::open(file);
  if (!csv) return csv.error();
  const auto header = csv->header();
  if (!header) return header.error();
  const auto columns = find_columns(*csv, *header);
  if (!columns) return columns.error();
  LogReader reader(*csv, *columns);
  Row row;
  for (;;) {
    const auto more = csv->next(row);
    if (!more) return more.error();
    if (!*more) return reader.finish();
    if (const auto added = reader.add(row); !added) return added.error();
  }
}

Result<std::vector<std::string>> read_pupil_list(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) return Error{ErrorCode::NotFound, "cannot read " + file.string()};
  std::vector<std::string> names;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (!line.empty()) names.push_back(line);
  }
  if (in.bad()) return Error{ErrorCode::Unavailable, "cannot read " + file.string() + " to its end"};
  return names;
}

}  // namespace trede::tables
