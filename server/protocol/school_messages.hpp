// What is said over HTTP of signing in with an account of the school's own provider, and of linking one.
#pragma once

#include <boost/describe.hpp>
#include <string>

namespace trede::protocol {

// GET /api/school-account. name: what the school calls its accounts; empty when one cannot sign in with them.
struct SchoolAccounts {
  std::string name;
};
BOOST_DESCRIBE_STRUCT(SchoolAccounts, (), (name))

// POST /api/school-account/begin.
struct BeginSchoolSignIn {
  std::string role;  // of staff
};
BOOST_DESCRIBE_STRUCT(BeginSchoolSignIn, (), (role))

// The answer to that and to POST /api/own/school-account/link: where the browser goes.
struct SchoolAddress {
  std::string address;
};
BOOST_DESCRIBE_STRUCT(SchoolAddress, (), (address))

// POST /api/school-account/finish: what the provider sent the browser back with.
struct FinishSchoolSignIn {
  std::string code;
  std::string state;
};
BOOST_DESCRIBE_STRUCT(FinishSchoolSignIn, (), (code, state))

// The answer to it: who is signed in now. linked: who was, and may sign in with the school account from now on.
struct SchoolReturned {
  std::string role;
  std::string name;
  bool linked = false;
};
BOOST_DESCRIBE_STRUCT(SchoolReturned, (), (role, name, linked))

// GET /api/own/school-account, and the answer to unlinking. name: as in SchoolAccounts.
struct SchoolAccountState {
  std::string name;
  bool linked = false;
};
BOOST_DESCRIBE_STRUCT(SchoolAccountState, (), (name, linked))

}  // namespace trede::protocol
