// What the check of rights costs a message: the row of the table, and whose the ids in it are, in a school of 1,000
// pupils. Processor time as medians over blocks, as one JSON object a line. Run by hand: build/release/bench_rights.
#include <filesystem>
#include <string>
#include <vector>

#include "server/accounts/creation.hpp"
#include "server/accounts/rights.hpp"
#include "server/protocol/messages.hpp"
#include "tests/bench/measure.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace trede;
using namespace trede::accounts;

namespace {

constexpr int classes = 40, pupils_each = 25, blocks = 51, checks = 20'000;

struct People {
  std::shared_ptr<const Directory> directory;
  AccountId teacher, pupil;
  ClassId class_id;
};

std::int64_t write(store::Journal& journal, store::Change change) {
  const auto written = journal.write_and_wait(std::move(change));
  ENSURE(written.has_value());
  return *written;
}

People school_in(const std::filesystem::path& file) {
  const auto journal = store::Journal::open(file);
  ENSURE(journal.has_value());
  People people;
  const SchoolId school{write(**journal, create_school("School"))};
  people.teacher = AccountId{write(**journal, create_account({school, Role::Teacher, "juf", "no hash"}))};
  for (int i = 0; i < classes; ++i) {
    people.class_id = ClassId{
        write(**journal, create_class({school, "Class", "groep7", "CODE" + std::to_string(100 + i), false}))};
    for (int k = 0; k < pupils_each; ++k)
      people.pupil =
          AccountId{write(**journal, create_pupil({school, Role::Pupil, "P" + std::to_string(k), "no hash"},
                                                  people.class_id))};
  }
  write(**journal, enrol(people.class_id, people.teacher));
  const auto database = store::Database::open(file, store::Database::Mode::ReadOnly);
  ENSURE(database.has_value());
  const auto directory = Directory::load(**database);
  ENSURE(directory.has_value());
  people.directory = *directory;
  return people;
}

// Microseconds a check, a value a block. Every check must be granted.
template <class Message>
void measure(const char* name, const People& people, AccountId who, const Message& message) {
  const Account& account = *people.directory->account(who);
  std::vector<double> costs;
  for (int block = 0; block < blocks; ++block) {
    const double before = bench::processor_us();
    int granted = 0;
    for (int i = 0; i < checks; ++i) granted += may(*people.directory, account, message);
    costs.push_back((bench::processor_us() - before) / checks);
    ENSURE(granted == checks);
  }
  bench::print_result(name, std::move(costs));
}

}  // namespace

int main() {
  const testing::TemporaryFolder folder;
  const People people = school_in(folder.path() / "school.db");
  protocol::SubmitAnswer answer;
  measure("rights of an answer", people, people.pupil, answer);
  protocol::OpenPupil opened;
  opened.pupil = people.pupil.value;
  measure("rights of a teacher to a pupil", people, people.teacher, opened);
  protocol::ProposePlan plan;
  plan.class_id = people.class_id.value;
  plan.pupils.assign(30, people.pupil.value);
  measure("rights of a teacher to 30 pupils at once", people, people.teacher, plan);
}
