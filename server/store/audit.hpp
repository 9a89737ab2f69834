// Who saw or changed whose data: a table of its own with its own chain of hashes, so that an entry that was changed,
// taken out or put in between shows:
//   link_n = BLAKE2b-256(link_(n−1), number, at_ms, actor, subject, action),   the first after link_0 = 32 zeros
// Holds numbers and fixed words only, never a name or what somebody typed. Bounded: one entry an actor, action and
// subject within limits::audit_window. Changes for the journal's thread; reading on any connection.
#pragma once

#include <boost/describe.hpp>

#include "server/store/journal.hpp"

namespace trede::store {

// Those of a class and of the school are named Class… and School…, but for LessonPlanned and GroupsSaved.
BOOST_DEFINE_ENUM_CLASS(Deed, ClassSeen, PupilSeen, PupilSteered, ClassSteered, AlertAcknowledged,
                        LessonPlanned, GroupsSaved, ClassMade, ClassChanged, ClassPupilsAdded, ClassSignInSet,
                        SchoolMade, SchoolSeen, SchoolTotalsSeen, SchoolTalentsSeen, AccountMade,
                        AccountChanged, AccountClosed, AccountOpened, SecretMade, SignedOutEverywhere,
                        PasswordChanged, SecondStepSet, SecondStepRemoved, AccountLinked, AccountUnlinked,
                        PupilExported, PupilErased, RetentionApplied, ContentPublished)

struct AuditEntry {
  std::int64_t number = 0;
  Milliseconds at_ms = 0;
  std::int64_t actor = 0;    // account, 0 = the administrator at the machine itself
  std::string action;        // class-seen, pupil-steered, …
  std::int64_t subject = 0;  // somebody, class or school; 0 = the whole folder
};

std::string word_of(Deed deed);  // pupil-seen

// The result is the entry's number, or that of the one that says it already.
Change audit(Milliseconds at_ms, AccountId actor, Deed deed, std::int64_t subject);

// The change, and the entry that says who made it, or neither.
Change audited(Change change, Milliseconds at_ms, AccountId actor, Deed deed, std::int64_t subject);

// The same for a change that makes something: the entry is about what it gave, the number of what was made.
Change audited_making(Change change, Milliseconds at_ms, AccountId actor, Deed deed);

// Conflict names the first entry that is not what was written. The result is how many there are.
Result<std::int64_t> check_audit(Database& database);

// The entries about a pupil, oldest first.
Result<std::vector<AuditEntry>> audit_about(Database& database, PupilId pupil);

// Takes out what is older than `before_ms`; what is left is still a chain. The result is how many went.
Change forget_audit(Milliseconds before_ms);

}  // namespace trede::store
