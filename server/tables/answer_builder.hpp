// Gathers answers in the order of the file and lays them out person by person. Used by read_answers alone.
#pragma once

#include "server/tables/answers.hpp"
#include "server/tables/name_index.hpp"

namespace trede::tables {

class AnswerBuilder {
 public:
  NameIndex people;
  NameIndex items;
  std::vector<double> weights;  // of each person; empty = one each

  void add(int person, int item, int code, std::uint64_t line);
  void add_time(double seconds) { times_.push_back(seconds); }  // of the answer added last
  void add_missing() { ++missing_; }

  // What was gathered, with the notes that come of it. `file` is named in them.
  Answers finish(std::string file) &&;

 private:
  struct Mark {  // answers from here on stand on this line and, one a line, on those below
    std::size_t answer;
    std::uint64_t line;
    bool one_a_line;
  };

  std::uint64_t line_of(std::size_t answer) const;
  void mark(std::uint64_t line);
  std::vector<std::uint32_t> order_by_person(Answers& answers) const;
  void order_by_time(std::vector<std::uint32_t>& order, const Answers& answers) const;
  void lay_out(const std::vector<std::uint32_t>& order, Answers& answers);
  void note_missing(Answers& answers) const;

  std::vector<int> person_of_;
  std::vector<calibration::Response> responses_;
  std::vector<double> times_;
  std::vector<std::vector<Code>> codes_;  // of each item, by value
  std::vector<Mark> marks_;
  std::uint64_t missing_ = 0;
};

}  // namespace trede::tables
