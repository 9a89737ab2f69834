#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "content/fields.hpp"
#include "tests/content/support.hpp"

using namespace trede::content;
namespace json = boost::json;

namespace {

const char* const schemas[] = {"bank", "topics", "item", "video"};

json::value schema(const std::string& name) {
  std::ifstream file{TREDE_SOURCE_DIR "/content/schema/" + name + ".schema.json"};
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  json::error_code error;
  json::value value = json::parse(text, error);
  INFO(name);
  REQUIRE_FALSE(error);
  return value;
}

using Names = std::set<std::string>;

Names names_of(const FieldNames& fields) {
  return {fields.begin(), fields.end()};
}

// Every object type under $defs of the four schemas.
std::map<std::string, json::object> described_objects() {
  std::map<std::string, json::object> objects;
  for (const char* name : schemas) {
    const json::value document = schema(name);
    for (const auto& [kind, definition] : document.at("$defs").as_object()) {
      if (definition.as_object().contains("properties")) objects[kind] = definition.as_object();
    }
  }
  return objects;
}

// Every "$ref" in a schema, wherever it stands.
void collect_references(const json::value& value, Names& references) {
  if (const json::object* object = value.if_object()) {
    for (const auto& [name, member] : *object) {
      if (name == "$ref") references.insert(json::value_to<std::string>(member));
      collect_references(member, references);
    }
  } else if (const json::array* array = value.if_array()) {
    for (const json::value& entry : *array) collect_references(entry, references);
  }
}

}  // namespace

TEST_CASE("schema: the properties are those the loader accepts and requires") {
  const std::map<std::string, json::object> objects = described_objects();
  CHECK(objects.size() == known_objects().size());
  for (const KnownObject& known : known_objects()) {
    INFO(known.kind);
    const auto found = objects.find(std::string{known.kind});
    REQUIRE(found != objects.end());
    Names accepted = names_of(known.required);
    accepted.merge(names_of(known.optional));
    Names properties;
    for (const auto& member : found->second.at("properties").as_object()) properties.insert(member.key());
    Names required;
    for (const json::value& name : found->second.at("required").as_array()) {
      required.insert(json::value_to<std::string>(name));
    }
    CHECK(properties == accepted);
    CHECK(required == names_of(known.required));
    CHECK(found->second.at("additionalProperties") == false);
  }
}

TEST_CASE("schema: every reference leads to a definition of the same file") {
  for (const char* name : schemas) {
    const json::value document = schema(name);
    Names references;
    collect_references(document, references);
    CHECK_FALSE(references.empty());
    for (const std::string& reference : references) {
      INFO(name << " " << reference);
      REQUIRE(reference.starts_with("#/$defs/"));
      CHECK(document.at("$defs").as_object().contains(reference.substr(8)));
    }
  }
}
