// The reader of rows, on files that are right and on files that are not.
#include <zlib.h>

#include <fstream>
#include <string>
#include <vector>

#include "server/tables/csv.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

namespace trede::tables {
namespace {

using Rows = std::vector<std::vector<std::string>>;

struct Reading {
  Rows rows;
  std::vector<std::uint64_t> lines;
  std::string error;
};

std::filesystem::path written(const testing::TemporaryFolder& folder, const std::string& text) {
  const auto path = folder.path() / "answers.csv";
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

Reading read_file(const std::filesystem::path& path, bool with_header) {
  Reading reading;
  auto csv = CsvReader::open(path);
  if (!csv) return {{}, {}, csv.error().detail};
  if (with_header) {
    const auto header = csv->header();
    if (!header) return {{}, {}, header.error().detail};
  }
  Row row;
  for (;;) {
    const auto more = csv->next(row);
    if (!more) reading.error = more.error().detail;
    if (!more || !*more) return reading;
    reading.rows.emplace_back(row.fields.begin(), row.fields.end());
    reading.lines.push_back(row.line);
  }
}

Reading read_rows(const std::string& text, bool with_header = false) {
  const testing::TemporaryFolder folder;
  return read_file(written(folder, text), with_header);
}

std::string compressed(const std::string& text) {
  const testing::TemporaryFolder folder;
  const auto path = folder.path() / "x.gz";
  const gzFile file = gzopen(path.c_str(), "wb");
  gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
  gzclose(file);
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

TEST_CASE("csv: fields come out as they were meant", "[tables]") {
  CHECK(read_rows("a,b\n1,2\n").rows == Rows{{"a", "b"}, {"1", "2"}});
  CHECK(read_rows("a,b\r\n1,2\r\n").rows == Rows{{"a", "b"}, {"1", "2"}});
  CHECK(read_rows("\xEF\xBB\xBF\"a\",b\n").rows == Rows{{"a", "b"}});
  CHECK(read_rows("\"a,1\",\"say \"\"x\"\"\",\"\"\n").rows == Rows{{"a,1", "say \"x\"", ""}});
  CHECK(read_rows("a;b,c\n").rows == Rows{{"a;b", "c"}});
  CHECK(read_rows("a;b\n1;2\n").rows == Rows{{"a", "b"}, {"1", "2"}});
  CHECK(read_rows("a\tb\n").rows == Rows{{"a", "b"}});
  CHECK(read_rows("a,,\n,\n").rows == Rows{{"a", "", ""}, {"", ""}});
  CHECK(read_rows("a,b").rows == Rows{{"a", "b"}});
  CHECK(read_rows("a,").rows == Rows{{"a", ""}});
  CHECK(read_rows("a,\r").rows == Rows{{"a", ""}});
  CHECK(read_rows("5\" ruler,b\n").rows == Rows{{"5\" ruler", "b"}});
  CHECK(read_rows("").rows.empty());
}

TEST_CASE("csv: rows know the line they begin on, empty lines and quoted line breaks counted", "[tables]") {
  const Reading reading = read_rows("a,b\n\n\"x\ny\",2\r\n\r\n3,4\n");
  CHECK(reading.rows == Rows{{"a", "b"}, {"x\ny", "2"}, {"3", "4"}});
  CHECK(reading.lines == std::vector<std::uint64_t>{1, 3, 6});
}

TEST_CASE("csv: rows longer than a block and rows that cross its end are whole", "[tables]") {
  std::string text;
  Rows expected;
  for (int i = 0; i < 60'000; ++i) {
    expected.push_back({"person " + std::to_string(i), std::to_string(i % 7), "\"" + std::to_string(i)});
    text += expected.back()[0] + "," + expected.back()[1] + ",\"\"\"" + std::to_string(i) + "\"\r\n";
  }
  const bool same = read_rows(text).rows == expected;
  CHECK(same);
  std::string wide = "0";
  for (int i = 0; i < 2'000'000; ++i) wide += ",1";
  const Reading reading = read_rows(wide + "\n" + wide + "\n");
  REQUIRE(reading.rows.size() == 2);
  CHECK(reading.rows[1].size() == 2'000'001);
}

TEST_CASE("csv: a compressed file reads like a plain one, whatever its name", "[tables]") {
  CHECK(read_rows(compressed("a,b\n1,2\n")).rows == Rows{{"a", "b"}, {"1", "2"}});
}

TEST_CASE("csv: what cannot be read_rows is told with the line and in plain words", "[tables]") {
  CHECK(read_rows("a,b\n1,2\n3\n4,5\n", true).error == "answers.csv, line 3: 1 field where the header has 2");
  CHECK(read_rows("a,b\n1,2\n3", true).error ==
        "answers.csv, line 3: 1 field where the header has 2; the file seems to be cut short here");
  CHECK(read_rows("a,a\n", true).error ==
        "answers.csv, line 1: the name \"a\" stands twice; is this line a header?");
  CHECK(read_rows("", true).error == "answers.csv is empty");
  CHECK(read_rows("\xEF\xBB\xBF", true).error == "answers.csv is empty");
  CHECK(read_rows("a,b\n1,\"x\n").error == "answers.csv, line 3: a quote is opened and never closed");
  CHECK(read_rows("a,b\n\"1\"x,2\n").error == "answers.csv, line 2: text behind a closing quote");
  CHECK(read_rows(std::string("a,b\n1,\0\n", 8)).error ==
        "answers.csv, line 2: a NUL byte; this is no text file, or one in UTF-16");
  CHECK(read_rows("\xFF\xFEx").error == "answers.csv, line 1: the file is in UTF-16; save it as UTF-8");
  CHECK(read_rows("a,b\r1,2\r").error ==
        "answers.csv, line 1: a carriage return without a line feed; save the file with usual line ends");
  const std::string huge(3 * longest_field, 'x');
  CHECK(read_rows("a,b\n1," + huge).error ==
        "answers.csv, line 2: a field of more than a million characters; is a quote left open?");
  CHECK(read_rows("a,b\n1,\"" + huge).error ==
        "answers.csv, line 2: a field of more than a million characters; is a quote left open?");
  CHECK_THAT(read_file("/no/such/file.csv", true).error, Catch::Matchers::Contains("there is no file"));
  CHECK_THAT(read_file("/", true).error, Catch::Matchers::Contains("is a folder"));
}

TEST_CASE("csv: a compressed file that is cut short or damaged is never read_rows as a shorter one", "[tables]") {
  std::string text = "a,b\n";
  for (int i = 0; i < 20'000; ++i) text += std::to_string(i * 7919) + "," + std::to_string(i) + "\n";
  const std::string whole = compressed(text);
  for (const std::size_t kept : {std::size_t{11}, whole.size() / 2, whole.size() - 9, whole.size() - 1}) {
    INFO(kept << " of " << whole.size() << " bytes");
    CHECK_THAT(read_rows(whole.substr(0, kept)).error, Catch::Matchers::Contains("cut short"));
  }
  std::string damaged = whole;
  damaged[whole.size() / 2] ^= 0x55;
  CHECK_FALSE(read_rows(damaged).error.empty());
}

TEST_CASE("fields: numbers are read_rows whole or not at all", "[tables]") {
  CHECK(whole_number("12") == 12);
  CHECK(whole_number(" -3 ") == -3);
  CHECK(whole_number("1.0") == 1);
  for (const char* text : {"", "x", "1x", "0.5", "1e99", "nan", "inf", "1 2"})
    CHECK_FALSE(whole_number(text));
  CHECK(number("1e-3") == 0.001);
  CHECK(number("+2") == 2.0);
  for (const char* text : {"", "nan", "inf", "1e999", "1,5", "+-1"}) CHECK_FALSE(number(text));
  CHECK(is_missing(" na "));
  CHECK(is_missing(""));
  CHECK_FALSE(is_missing("0"));
}

TEST_CASE("csv: a small file that unpacks to gigabytes in one row is refused soon", "[tables]") {
  const testing::TemporaryFolder folder;
  const auto path = folder.path() / "bomb.csv.gz";
  const gzFile file = gzopen(path.c_str(), "wb9");
  const std::string block(1 << 20, '1');
  for (int megabyte = 0; megabyte < 256; ++megabyte) gzwrite(file, block.data(), static_cast<unsigned>(block.size()));
  gzclose(file);
  CHECK(std::filesystem::file_size(path) < 1 << 20);
  CHECK(read_file(path, false).error ==
        "bomb.csv.gz, line 1: a field of more than a million characters; is a quote left open?");
}

}  // namespace trede::tables
