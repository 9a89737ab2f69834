#include "server/protocol/typescript.hpp"

#include <map>

#include "server/protocol/codec.hpp"
#include "server/protocol/messages.hpp"
#include "server/protocol/people_messages.hpp"
#include "server/protocol/school_messages.hpp"

namespace trede::protocol {
namespace {

// Collects one declaration per struct or enum, by name, so that shared parts are printed once and in a stable
// order.
class Declarations {
 public:
  template <class T>
  std::string name_of() {
    if constexpr (std::is_same_v<T, std::string>)
      return "string";
    else if constexpr (std::is_same_v<T, bool>)
      return "boolean";
    else if constexpr (std::is_arithmetic_v<T>)
      return "number";
    else if constexpr (is_vector<T>)
      return name_of<typename T::value_type>() + "[]";
    else if constexpr (is_optional<T>)
      return name_of<typename T::value_type>();
    else
      return declare<T>();
  }

  template <class Messages>
  std::string alternatives() {
    std::string names;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<std::add_pointer_t, Messages>>(
        [&](auto* tag) { names += "\n  | " + name_of<std::remove_pointer_t<decltype(tag)>>(); });
    return names;
  }

  std::string text() const {
    std::string all;
    for (const auto& [name, declaration] : declarations_) all += declaration + "\n";
    return all;
  }

 private:
  template <class T>
  std::string declare() {
    const std::string name = plain_name(__PRETTY_FUNCTION__);
    if (declarations_.contains(name)) return name;
    declarations_[name];  // reserves the name
    declarations_[name] = declaration<T>(name);
    return name;
  }

  template <class T>
  std::string declaration(const std::string& name) {
    if constexpr (std::is_enum_v<T>) {
      std::string words;
      boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
          [&](auto e) { words += (words.empty() ? "'" : " | '") + lower_kebab(e.name) + "'"; });
      return "export type " + name + " = " + words + ";\n";
    } else {
      std::string body = "export interface " + name + " {\n";
      if constexpr (requires { T::tag; }) body += "  type: '" + std::string(T::tag) + "';\n";
      boost::mp11::mp_for_each<Members<T>>([&](auto member) {
        using Field = std::decay_t<decltype(std::declval<T>().*member.pointer)>;
        body += std::string("  ") + member.name + (is_optional<Field> ? "?" : "") + ": " + name_of<Field>() +
                ";\n";
      });
      return body + "}\n";
    }
  }

  // "… [with T = trede::content::Option; …]" → Option
  static std::string plain_name(std::string_view function) {
    const auto start = function.find("T = ") + 4;
    const auto end = function.find_first_of(";]", start);
    const auto qualified = function.substr(start, end - start);
    return std::string(qualified.substr(qualified.rfind(':') + 1));
  }

  std::map<std::string, std::string> declarations_;
};

}  // namespace

std::string typescript() {
  Declarations declarations;
  std::string unions;
  unions += "export type PupilMessage =" + declarations.alternatives<PupilMessages>() + ";\n\n";
  unions += "export type TeacherMessage =" + declarations.alternatives<TeacherMessages>() +
            declarations.alternatives<SignInMessages>() + ";\n\n";
  unions += "export type AuthorMessage =" + declarations.alternatives<AuthorMessages>() + ";\n\n";
  unions +=
      "export type AdministratorMessage =" + declarations.alternatives<AdministratorMessages>() + ";\n\n";
  unions += "export type OverviewMessage =" + declarations.alternatives<OverviewMessages>() + ";\n\n";
  unions += "export type ServerMessage =" + declarations.alternatives<ServerMessages>() +
            declarations.alternatives<PeopleReplies>() + ";\n";
  declarations.name_of<SignIn>();
  declarations.name_of<SetUp>();
  declarations.name_of<ChangePassword>();
  declarations.name_of<ProvePassword>();
  declarations.name_of<SecondStepOffered>();
  declarations.name_of<ConfirmCode>();
  declarations.name_of<SecondStepState>();
  declarations.name_of<SchoolAccounts>();
  declarations.name_of<BeginSchoolSignIn>();
  declarations.name_of<SchoolAddress>();
  declarations.name_of<FinishSchoolSignIn>();
  declarations.name_of<SchoolReturned>();
  declarations.name_of<SchoolAccountState>();
  declarations.name_of<SignedIn>();
  declarations.name_of<MediaStored>();
  return "// Generated from server/protocol/messages.hpp by `trede protocol`. Do not edit.\n\n" +
         declarations.text() + unions;
}

}  // namespace trede::protocol
