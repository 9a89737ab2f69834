#include "server/tables/response_log.hpp"

#include <fstream>

#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace trede;

namespace {

constexpr const char* header = "pupil,item,topics,correct,time_s,response_ms\n";

Result<tables::ReadLog> read(const std::string& text) {
  const testing::TemporaryFolder folder;
  const auto file = folder.path() / "log.csv";
  std::ofstream(file) << text;
  return tables::read_response_log(file);
}

void check_refused(const std::string& rows, const std::string& message) {
  const auto made = read(header + rows);
  REQUIRE(made.has_error());
  INFO(made.error().detail);
  REQUIRE(made.error().detail.find(message) != std::string::npos);
}

}  // namespace

TEST_CASE("response log: pupils, items and topics are numbered as they come", "[tables]") {
  const auto made = read(std::string(header) + "7,x,1;4,1,0,\n7,y,4,0,31,2500\n9,x,1;4,0,0,12\n");
  REQUIRE(made.has_value());
  const prediction::ResponseLog& log = made->log;
  REQUIRE(log.pupils == std::vector<std::string>{"7", "9"});
  REQUIRE(log.pupil_begins == std::vector<std::size_t>{0, 2, 3});
  REQUIRE(log.item == std::vector<std::int32_t>{0, 1, 0});
  REQUIRE(log.topic_count == 2);
  REQUIRE(log.topics_of(0).size() == 2);
  REQUIRE(log.topics_of(1).front() == 1);
  REQUIRE(log.response_ms == std::vector<double>{-1.0, 2500.0, 12.0});
  REQUIRE(log.has_clock);
  REQUIRE(made->notes.empty());
}

TEST_CASE("response log: times that only count rows are no clock", "[tables]") {
  REQUIRE_FALSE(read(std::string(header) + "a,x,1,1,0,\na,y,1,0,1,\nb,x,1,0,0,\n")->log.has_clock);
  REQUIRE(read(std::string(header) + "a,x,1,1,0,\na,y,1,0,2,\n")->log.has_clock);
  REQUIRE_FALSE(read("pupil,item,topics,correct\na,x,1,1\na,y,,0\n")->log.has_clock);
}

TEST_CASE("response log: what cannot be read is told with its line", "[tables]") {
  check_refused("a,x,1,1,0,\nb,x,1,1,0,\na,y,1,1,1,\n", "line 4");
  check_refused("a,x,1,1,0,\na,x,2,1,1,\n", "line 3");
  check_refused("a,x,1,2,0,\n", "line 2");
  check_refused("a,x,1,1,soon,\n", "line 2");
  check_refused("a,x,1,1,nan,\n", "line 2");
  check_refused("a,x,1,1,0,-4\n", "line 2");
  check_refused("a,x,1,1,0,\na,x,1\n", "line 3");
  check_refused(",x,1,1,0,\n", "line 2");
  check_refused("", "no row");
  REQUIRE(read("1,2,3,4,5,6\n").error().detail.find("no column \"pupil\"") != std::string::npos);
}

TEST_CASE("response log: what is odd but has a meaning is noted", "[tables]") {
  const auto made = read(std::string(header) + "a,x,,1,0,\na,y,1,0,50,\na,x,,0,20,9");
  REQUIRE(made.has_value());
  REQUIRE(made->log.topics_of(0).empty());
  REQUIRE(made->notes.size() == 3);
}
