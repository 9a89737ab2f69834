// Everything the school keeps of one pupil, gathered for the pupil and the guardians (AVG art. 15 and 20). Plain values
// and their two forms: JSON for machines, a page for people (pupil_page.hpp). Pure; any thread.
#pragma once

#include <boost/describe.hpp>
#include <boost/json.hpp>

#include <string>
#include <vector>

#include "server/ids.hpp"
#include "server/protocol/parts.hpp"
#include "server/store/audit.hpp"
#include "server/store/events.hpp"

namespace trede::privacy {

struct KeptClass {
  std::string name;
  std::string code;
  std::string school_year;
};
BOOST_DESCRIBE_STRUCT(KeptClass, (), (name, code, school_year))

struct KeptAccount {
  std::int64_t number = 0;
  std::string name;
  std::string role;
  std::string school;
  std::vector<KeptClass> classes;
};
BOOST_DESCRIBE_STRUCT(KeptAccount, (), (number, name, role, school, classes))

// Somebody saw or changed something of the pupil's. who: a name, or the number of somebody who is gone.
struct KeptDeed {
  Milliseconds at_ms = 0;
  std::string who;
  std::string role;
  std::string action;
};
BOOST_DESCRIBE_STRUCT(KeptDeed, (), (at_ms, who, role, action))

struct PupilFile {
  Milliseconds made_ms = 0;
  KeptAccount account;
  std::vector<std::string> sessions_until;  // moments
  std::vector<protocol::Standing> standings;
  std::vector<protocol::HistoryEntry> steps;  // newest first
  std::vector<store::Event> events;  // oldest first; of other pupils in the same group nothing is left
  std::vector<KeptDeed> deeds;       // oldest first
};

// What is left of an event of a class when only this pupil may be told of it; nothing when it is not about the pupil.
std::optional<store::Event> as_told_to(PupilId pupil, store::Event event);

std::string json_of(const PupilFile& file);

// Every stored field, what it is for, who sees it and how long it is kept (docs/privacy/fields.json).
const boost::json::object& declared_fields();

std::string moment_of(Milliseconds at_ms);  // 2026-11-22T08:30:00Z

}  // namespace trede::privacy
