// What those who look after people say and hear: administrators, teachers about signing in, guardians, school leaders
// and talent co-ordinators (messages.hpp lists all messages and tells how they work).
#pragma once

#include <boost/mp11/list.hpp>
#include <string_view>

#include "server/protocol/parts.hpp"

namespace trede::protocol {

// ---- parts ----

// When the pupils of a class may sign in: minutes of the day, in the school's own time. From and until the same: not at
// all on those days.
struct SignInHours {
  std::int64_t week_from = 0, week_until = 0;        // Monday to Friday
  std::int64_t weekend_from = 0, weekend_until = 0;  // Saturday and Sunday
};
BOOST_DESCRIBE_STRUCT(SignInHours, (), (week_from, week_until, weekend_from, weekend_until))

struct SchoolClassRow {
  std::int64_t id = 0;
  std::string name;
  std::string code;         // what its pupils type to sign in
  std::string school_year;  // id of a school year of the bank
};
BOOST_DESCRIBE_STRUCT(SchoolClassRow, (), (id, name, code, school_year))

// Somebody of the school. classes: where a pupil practises (the first) and belongs, or what a teacher teaches.
struct PersonRow {
  std::int64_t id = 0;
  std::string role;
  std::string name;
  std::vector<std::int64_t> classes;
  std::vector<std::int64_t> children;  // of a guardian
  bool closed = false;
  bool second_step = false;     // asked for a code when signing in
  bool school_account = false;  // may sign in with the account of the school's provider
};
BOOST_DESCRIBE_STRUCT(PersonRow, (), (id, role, name, classes, children, closed, second_step, school_account))

// A new secret, shown once: on a pupil's card, or to hand to a colleague.
struct Card {
  std::int64_t person = 0;
  std::string role;
  std::string name;
  std::string class_name;  // of a pupil
  std::string class_code;  // of a pupil
  std::string secret;      // PIN or password
};
BOOST_DESCRIBE_STRUCT(Card, (), (person, role, name, class_name, class_code, secret))

struct SchoolYearName {
  std::string id;
  std::string title;
};
BOOST_DESCRIBE_STRUCT(SchoolYearName, (), (id, title))

// ---- administrator → server; the answer to each is the school as it is then ----

struct OpenSchool {
  static constexpr std::string_view tag = "open-school";
  std::string request;
  Language language = Language::Nl;
};
BOOST_DESCRIBE_STRUCT(OpenSchool, (), (request, language))

struct AddClass {
  static constexpr std::string_view tag = "add-class";
  std::string request;
  std::string name;
  std::string school_year;
};
BOOST_DESCRIBE_STRUCT(AddClass, (), (request, name, school_year))

// Another name, or the next school year.
struct ChangeClass {
  static constexpr std::string_view tag = "change-class";
  std::string request;
  std::int64_t class_id = 0;
  std::string name;
  std::string school_year;
};
BOOST_DESCRIBE_STRUCT(ChangeClass, (), (request, class_id, name, school_year))

// All or nobody. Conflict: a name is there already, or twice.
struct AddPupils {
  static constexpr std::string_view tag = "add-pupils";
  std::string request;
  std::int64_t class_id = 0;
  std::vector<std::string> names;
};
BOOST_DESCRIBE_STRUCT(AddPupils, (), (request, class_id, names))

struct AddStaff {
  static constexpr std::string_view tag = "add-staff";
  std::string request;
  std::string role;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(AddStaff, (), (request, role, name))

struct RenamePerson {
  static constexpr std::string_view tag = "rename-person";
  std::string request;
  std::int64_t person = 0;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(RenamePerson, (), (request, person, name))

// All the classes of a pupil or teacher from now on: moving is another class in place of the old one.
struct SetClasses {
  static constexpr std::string_view tag = "set-classes";
  std::string request;
  std::int64_t person = 0;
  std::vector<std::int64_t> classes;
};
BOOST_DESCRIBE_STRUCT(SetClasses, (), (request, person, classes))

// All the children a guardian may read about from now on.
struct SetChildren {
  static constexpr std::string_view tag = "set-children";
  std::string request;
  std::int64_t person = 0;
  std::vector<std::int64_t> children;
};
BOOST_DESCRIBE_STRUCT(SetChildren, (), (request, person, children))

// Another role, for staff.
struct SetRole {
  static constexpr std::string_view tag = "set-role";
  std::string request;
  std::int64_t person = 0;
  std::string role;
};
BOOST_DESCRIBE_STRUCT(SetRole, (), (request, person, role))

// New PINs or passwords; the old ones and all open sessions end.
struct MakeSecrets {
  static constexpr std::string_view tag = "make-secrets";
  std::string request;
  std::vector<std::int64_t> people;
};
BOOST_DESCRIBE_STRUCT(MakeSecrets, (), (request, people))

struct SignOutEverywhere {
  static constexpr std::string_view tag = "sign-out-everywhere";
  std::string request;
  std::int64_t person = 0;
};
BOOST_DESCRIBE_STRUCT(SignOutEverywhere, (), (request, person))

// closed: nobody signs in with it and nobody sees it but the administrator; what was done stays. May be undone.
struct CloseAccount {
  static constexpr std::string_view tag = "close-account";
  std::string request;
  std::int64_t person = 0;
  bool closed = true;
};
BOOST_DESCRIBE_STRUCT(CloseAccount, (), (request, person, closed))

// For somebody who lost the phone with the codes: the password is enough again.
struct RemoveSecondStep {
  static constexpr std::string_view tag = "remove-second-step";
  std::string request;
  std::int64_t person = 0;
};
BOOST_DESCRIBE_STRUCT(RemoveSecondStep, (), (request, person))

// The password is needed again; the open sessions end.
struct UnlinkSchoolAccount {
  static constexpr std::string_view tag = "unlink-school-account";
  std::string request;
  std::int64_t person = 0;
};
BOOST_DESCRIBE_STRUCT(UnlinkSchoolAccount, (), (request, person))

// ---- teacher → server ----

struct OpenSignIn {
  static constexpr std::string_view tag = "open-sign-in";
  std::string request;
  std::int64_t class_id = 0;
};
BOOST_DESCRIBE_STRUCT(OpenSignIn, (), (request, class_id))

// now: open or closed, for the rest of the day; empty = by the hours.
struct SetSignIn {
  static constexpr std::string_view tag = "set-sign-in";
  std::string request;
  std::int64_t class_id = 0;
  std::string now;
  SignInHours hours;
};
BOOST_DESCRIBE_STRUCT(SetSignIn, (), (request, class_id, now, hours))

// ---- guardian, leader, coordinator → server ----

struct OpenChildren {
  static constexpr std::string_view tag = "open-children";
  std::string request;
  Language language = Language::Nl;
};
BOOST_DESCRIBE_STRUCT(OpenChildren, (), (request, language))

struct OpenTotals {
  static constexpr std::string_view tag = "open-totals";
  std::string request;
  Language language = Language::Nl;
};
BOOST_DESCRIBE_STRUCT(OpenTotals, (), (request, language))

struct OpenTalents {
  static constexpr std::string_view tag = "open-talents";
  std::string request;
  Language language = Language::Nl;
};
BOOST_DESCRIBE_STRUCT(OpenTalents, (), (request, language))

// ---- server → those ----

// cards: the secrets that this very request made; they cannot be shown again.
struct SchoolShown {
  static constexpr std::string_view tag = "school-shown";
  std::string request;
  std::string school;
  std::int64_t administrator = 0;  // who asks
  std::vector<SchoolYearName> school_years;
  std::vector<SchoolClassRow> classes;
  std::vector<PersonRow> people;
  std::vector<Card> cards;
};
BOOST_DESCRIBE_STRUCT(SchoolShown, (), (request, school, administrator, school_years, classes, people, cards))

// until_ms: when what the teacher said of today ends; 0 = the hours decide.
struct SignInShown {
  static constexpr std::string_view tag = "sign-in-shown";
  std::string request;
  std::int64_t class_id = 0;
  bool open = false;
  std::string now;
  Milliseconds until_ms = 0;
  SignInHours hours;
};
BOOST_DESCRIBE_STRUCT(SignInShown, (), (request, class_id, open, now, until_ms, hours))

struct ChildRow {
  std::int64_t id = 0;
  std::string name;
  std::string class_name;
  Milliseconds last_active_ms = 0;
  std::int64_t answers_today = 0;
  std::vector<Standing> topics;  // those begun
};
BOOST_DESCRIBE_STRUCT(ChildRow, (), (id, name, class_name, last_active_ms, answers_today, topics))

struct ChildrenShown {
  static constexpr std::string_view tag = "children-shown";
  std::string request;
  std::vector<ChildRow> children;
};
BOOST_DESCRIBE_STRUCT(ChildrenShown, (), (request, children))

// told: false for a class of so few pupils that totals would tell about one of them; then only pupils is set.
struct ClassTotals {
  std::string name;
  std::string school_year;  // its title
  std::int64_t pupils = 0;
  bool told = false;
  std::int64_t active_week = 0;  // practised in the last seven days
  std::int64_t answers_today = 0;
  std::int64_t topics_finished = 0;  // over all pupils
  std::int64_t topics_growing = 0;   // begun and not finished, over all pupils
};
BOOST_DESCRIBE_STRUCT(ClassTotals, (),
                      (name, school_year, pupils, told, active_week, answers_today, topics_finished,
                       topics_growing))

struct TotalsShown {
  static constexpr std::string_view tag = "totals-shown";
  std::string request;
  std::string school;
  std::vector<ClassTotals> classes;
};
BOOST_DESCRIBE_STRUCT(TotalsShown, (), (request, school, classes))

// A pupil who probably masters topics beyond the own school year. ahead: their expected number. growth: how much the
// mean of the topics practised moved in a week, logits.
struct TalentRow {
  std::int64_t pupil = 0;
  std::string name;
  std::string class_name;
  double ahead = 0;
  double growth = 0;
  std::int64_t enrichment = 0;      // topics of enrichment that are finished
  std::vector<std::string> topics;  // titles of those beyond the year, likeliest first
  Milliseconds last_active_ms = 0;
};
BOOST_DESCRIBE_STRUCT(TalentRow, (),
                      (pupil, name, class_name, ahead, growth, enrichment, topics, last_active_ms))

struct TalentsShown {
  static constexpr std::string_view tag = "talents-shown";
  std::string request;
  std::vector<TalentRow> pupils;  // most ahead first
};
BOOST_DESCRIBE_STRUCT(TalentsShown, (), (request, pupils))

using AdministratorMessages =
    boost::mp11::mp_list<OpenSchool, AddClass, ChangeClass, AddPupils, AddStaff, RenamePerson, SetClasses,
                         SetChildren, SetRole, MakeSecrets, SignOutEverywhere, CloseAccount, RemoveSecondStep,
                         UnlinkSchoolAccount>;
using SignInMessages = boost::mp11::mp_list<OpenSignIn, SetSignIn>;  // of teachers
using OverviewMessages = boost::mp11::mp_list<OpenChildren, OpenTotals, OpenTalents>;
using PeopleReplies =
    boost::mp11::mp_list<SchoolShown, SignInShown, ChildrenShown, TotalsShown, TalentsShown>;

// ---- over HTTP ----

// POST /api/set-up, once: the first administrator makes the school. token: from the address the program printed.
struct SetUp {
  std::string token;
  std::string school;
  std::string name;
  std::string secret;  // password
};
BOOST_DESCRIBE_STRUCT(SetUp, (), (token, school, name, secret))

// POST /api/own/password. current: the password until now.
struct ChangePassword {
  std::string current;
  std::string secret;
};
BOOST_DESCRIBE_STRUCT(ChangePassword, (), (current, secret))

// POST /api/own/second-step/offer and /leave, /api/own/school-account/link and /unlink.
struct ProvePassword {
  std::string current;
};
BOOST_DESCRIBE_STRUCT(ProvePassword, (), (current))

// The answer to an offer. address: otpauth://…, for an app to scan; secret: the same to type, in base32.
struct SecondStepOffered {
  std::string address;
  std::string secret;
};
BOOST_DESCRIBE_STRUCT(SecondStepOffered, (), (address, secret))

// POST /api/own/second-step/confirm: the first code of the app.
struct ConfirmCode {
  std::string code;
};
BOOST_DESCRIBE_STRUCT(ConfirmCode, (), (code))

// GET /api/own/second-step, and the answer to confirming and leaving.
struct SecondStepState {
  bool on = false;
};
BOOST_DESCRIBE_STRUCT(SecondStepState, (), (on))

}  // namespace trede::protocol
