#include "server/commands/metrics.hpp"

#include <prometheus/text_serializer.h>

#include <filesystem>

namespace trede::commands {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

// The families of one scrape; names as Prometheus wants them: trede_what_unit, _total for what only rises.
class Page {
 public:
  void counter(const char* name, const char* help, const Counter& counter) {
    ClientMetric metric;
    metric.counter.value = static_cast<double>(counter.value());
    families_.push_back({name, help, MetricType::Counter, {metric}});
  }
  void gauge(const char* name, const char* help, double value) {
    ClientMetric metric;
    metric.gauge.value = value;
    families_.push_back({name, help, MetricType::Gauge, {metric}});
  }
  void durations(const char* name, const char* help, const Durations& durations) {
    ClientMetric metric;
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < Durations::bounds.size(); ++i)
      metric.histogram.bucket.push_back({sum += durations.count(i), Durations::bounds[i]});
    metric.histogram.sample_count = sum + durations.count(Durations::bounds.size());
    metric.histogram.sample_sum = durations.sum_seconds();
    families_.push_back({name, help, MetricType::Histogram, {metric}});
  }
  void replies(const char* name, const char* help, const std::array<Counter, 6>& by_class) {
    MetricFamily family{name, help, MetricType::Counter, {}};
    for (std::size_t digit = 1; digit < by_class.size(); ++digit) {
      ClientMetric metric;
      metric.label.push_back({"status", std::to_string(digit) + "xx"});
      metric.counter.value = static_cast<double>(by_class[digit].value());
      family.metric.push_back(metric);
    }
    families_.push_back(family);
  }
  std::string text() const { return prometheus::TextSerializer().Serialize(families_); }

 private:
  std::vector<MetricFamily> families_;
};

double bytes_of(const std::filesystem::path& file) {
  std::error_code failure;
  const auto size = std::filesystem::file_size(file, failure);
  return failure ? 0 : static_cast<double>(size);
}

double number(const Gauge& gauge) {
  return static_cast<double>(gauge.value());
}

void tell_journal(Page& page, const store::Journal& journal) {
  const store::JournalFigures& figures = journal.figures();
  page.counter("trede_journal_changes_total", "Changes on disk", figures.changes);
  page.counter("trede_journal_groups_total", "Commits, each of all changes that waited", figures.groups);
  page.counter("trede_journal_failed_groups_total", "Commits that failed; nothing of them was acknowledged",
               figures.failed_groups);
  page.durations("trede_journal_commit_seconds", "Time of a commit with its flush", figures.commit);
  page.gauge("trede_journal_waiting_changes", "Changes that wait for the disk", number(figures.waiting));
  page.gauge("trede_wal_pages", "Pages of the write-ahead log that no checkpoint has copied",
             number(figures.wal_pages));
  page.gauge("trede_wal_bytes", "Size of the write-ahead log's file",
             bytes_of(journal.file().string() + "-wal"));
  page.gauge("trede_database_bytes", "Size of the database's file", bytes_of(journal.file()));
}

void tell_net(Page& page, const net::NetFigures& figures) {
  page.gauge("trede_http_connections", "Open connections that are no WebSocket",
             number(figures.http_connections));
  page.gauge("trede_websockets", "Open WebSockets", number(figures.websockets));
  page.counter("trede_refused_connections_total", "Connections beyond the bounds",
               figures.refused_connections);
  page.counter("trede_failed_handshakes_total", "TLS handshakes that failed", figures.failed_handshakes);
  page.replies("trede_http_replies_total", "HTTP replies by the class of their status", figures.replies);
  page.counter("trede_messages_total", "Messages from browsers", figures.messages);
  page.counter("trede_frames_total", "Frames to browsers", figures.frames);
  page.counter("trede_floods_total", "WebSockets closed because they said too much", figures.floods);
  page.counter("trede_slow_readers_total", "WebSockets closed because they listened too slowly",
               figures.slow_readers);
  page.durations("trede_frame_wait_seconds",
                 "From a frame queued for a browser, pushes to teachers too, to its hand-over to the system",
                 figures.frame_wait);
}

}  // namespace

std::string metrics_text(const conversation::RunningSchool& school, const net::NetFigures& net) {
  Page page;
  page.durations("trede_answer_seconds", "From an answer read to its reply queued; it is on disk between",
                 school.figures().answer);
  tell_journal(page, school.journal());
  tell_net(page, net);
  page.gauge("trede_replay_seconds", "What reading the journal took at the start",
             std::chrono::duration<double>(school.replay_time()).count());
  page.gauge("trede_replayed_events", "Events read at the start",
             static_cast<double>(school.replayed().events));
  return page.text();
}

}  // namespace trede::commands
