// A small log with a known story, for the tests of prediction: pupils with an ability each answer items of three
// topics, and come to know an item by meeting it.
#pragma once

#include <cmath>
#include <string>

#include "engine/prediction/response_log.hpp"
#include "engine/random.hpp"

namespace trede::testing {

struct LogShape {
  int pupils = 60;
  int rows_each = 25;
  int items = 12;
  bool clock = true;
};

inline prediction::ResponseLog simulated_log(const LogShape& shape, std::uint64_t seed = 1) {
  Random random(seed);
  prediction::ResponseLog log;
  log.topic_count = 3;
  for (int item = 0; item < shape.items; ++item) {
    log.topics.push_back(item % 3);
    if (item % 4 == 0) log.topics.push_back((item + 1) % 3);
    log.topic_begins.push_back(log.topics.size());
  }
  for (int pupil = 0; pupil < shape.pupils; ++pupil) {
    const double ability = random.normal();
    double time_s = 0.0;
    std::vector<int> met(static_cast<std::size_t>(shape.items));
    for (int row = 0; row < shape.rows_each; ++row) {
      const int item = random.below(shape.items);
      int& times = met[static_cast<std::size_t>(item)];
      const double z = ability + 2.0 * item / shape.items - 1.0 + 0.5 * times++;
      log.item.push_back(item);
      log.correct.push_back(random.uniform() < 1.0 / (1.0 + std::exp(-z)) ? 1 : 0);
      log.time_s.push_back(shape.clock ? time_s : row);
      log.response_ms.push_back(shape.clock ? 3'000.0 + 4'000.0 * random.uniform() : -1.0);
      time_s += random.uniform() < 0.05 ? 90'000.0 : 20.0;
    }
    log.pupils.push_back(std::to_string(pupil));
    log.pupil_begins.push_back(log.rows());
  }
  log.has_clock = shape.clock;
  return log;
}

inline std::vector<int> all_pupils(const prediction::ResponseLog& log) {
  std::vector<int> pupils;
  for (std::size_t i = 0; i < log.pupils.size(); ++i) pupils.push_back(static_cast<int>(i));
  return pupils;
}

}  // namespace trede::testing
