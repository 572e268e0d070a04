#include "testing/openapi_check.hpp"

#include "base/text.hpp"

#include <re2/re2.h>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>

namespace mainstay::testing {
namespace {

namespace json = boost::json;

class Validator {
public:
    explicit Validator(json::object const& document) : document_(document) {}

    std::string fault_of(json::value const& value, json::object const& schema, std::string const& at) const {
        if (auto const* ref = schema.if_contains("$ref")) return fault_of(value, resolve(ref->as_string()), at);
        if (auto const* any = schema.if_contains("anyOf")) {
            std::string all;
            for (auto const& one : any->as_array()) {
                auto const fault = fault_of(value, one.as_object(), at);
                if (fault.empty()) return {};
                all += fault + "; ";
            }
            return all;
        }
        if (auto const* type = schema.if_contains("type"); type != nullptr && !is_of_type(value, type->as_string()))
            return at + " is not of type " + std::string(type->as_string());
        if (auto const* names = schema.if_contains("enum")) {
            auto const& list = names->as_array();
            if (std::find(list.begin(), list.end(), value) == list.end()) return at + " is not one of the enum";
        }
        if (value.is_object()) return object_fault(value.as_object(), schema, at);
        if (value.is_array()) return array_fault(value.as_array(), schema, at);
        if (value.is_string()) return text_fault(value.as_string(), schema, at);
        return {};
    }

private:
    json::object const& resolve(std::string_view ref) const {
        json::value const* found = nullptr;
        json::object const* within = &document_;
        for (auto const word : split(ref.substr(2), '/')) {
            found = &within->at(word);
            within = &found->as_object();
        }
        return *within;
    }

    static bool is_of_type(json::value const& value, std::string_view type) {
        if (type == "object") return value.is_object();
        if (type == "array") return value.is_array();
        if (type == "string") return value.is_string();
        if (type == "boolean") return value.is_bool();
        if (type == "integer") return value.is_int64() || value.is_uint64();
        if (type == "number") return value.is_number();
        return type == "null" && value.is_null();
    }

    std::string object_fault(json::object const& object, json::object const& schema, std::string const& at) const {
        if (auto const* required = schema.if_contains("required"))
            for (auto const& name : required->as_array())
                if (!object.contains(name.as_string())) return at + " lacks " + std::string(name.as_string());
        auto const* properties = schema.if_contains("properties");
        auto const* additional = schema.if_contains("additionalProperties");
        for (auto const& [name, member] : object) {
            std::string const place = at + '/' + std::string(name);
            auto const* known = properties == nullptr ? nullptr : properties->as_object().if_contains(name);
            if (known != nullptr) {
                if (auto fault = fault_of(member, known->as_object(), place); !fault.empty()) return fault;
            } else if (additional != nullptr && additional->is_object()) {
                if (auto fault = fault_of(member, additional->as_object(), place); !fault.empty()) return fault;
            } else if (additional != nullptr && !additional->as_bool()) {
                return place + " is not in the document";
            }
        }
        return {};
    }

    std::string array_fault(json::array const& array, json::object const& schema, std::string const& at) const {
        auto const* items = schema.if_contains("items");
        for (std::size_t i = 0; items != nullptr && i < array.size(); ++i)
            if (auto fault = fault_of(array[i], items->as_object(), at + '/' + std::to_string(i)); !fault.empty())
                return fault;
        return {};
    }

    static std::string text_fault(std::string_view text, json::object const& schema, std::string const& at) {
        if (auto const* pattern = schema.if_contains("pattern"))
            if (!RE2::PartialMatch(text, RE2(std::string(pattern->as_string()))))
                return at + " does not match its pattern: " + std::string(text);
        return {};
    }

    json::object const& document_;
};

// The template that the path fits, with its parameters counting as any word.
json::object const* find_path(json::object const& paths, std::string_view path) {
    auto const words = split(path, '/');
    for (auto const& [name, operations] : paths) {
        auto const pattern = split(std::string_view(name), '/');
        bool const fits = pattern.size() == words.size() &&
                          std::equal(pattern.begin(), pattern.end(), words.begin(), [](auto wanted, auto word) {
                              return wanted == word || (wanted.starts_with('{') && !word.empty());
                          });
        if (fits) return &operations.as_object();
    }
    return nullptr;
}

}  // namespace

struct OpenApiCheck::State {
    json::value document;
};

OpenApiCheck::OpenApiCheck(std::string_view document) : state_(std::make_unique<State>()) {
    state_->document = json::parse(document);
}
OpenApiCheck::~OpenApiCheck() = default;

std::string OpenApiCheck::fault_of(std::string_view method, std::string_view target, HttpReply const& reply) const {
    json::object const& document = state_->document.as_object();
    Validator const validator(document);
    auto const path = target.substr(0, target.find('?'));
    auto const* operations = find_path(document.at("paths").as_object(), path);
    auto const* operation = operations == nullptr ? nullptr : operations->if_contains(lower_ascii(method));
    auto const type = reply.headers.contains("content-type") ? reply.headers.at("content-type") : std::string();
    if (reply.status >= 400) {
        if (type != "application/problem+json") return "a refusal is of type " + type;
        auto const& problem = document.at("components").as_object().at("schemas").as_object().at("Problem").as_object();
        return validator.fault_of(json::parse(reply.body), problem, "");
    }
    if (operation == nullptr) return "the document has no " + std::string(method) + " " + std::string(path);
    auto const* response = operation->as_object().at("responses").as_object().if_contains(std::to_string(reply.status));
    if (response == nullptr) return "the document has no status " + std::to_string(reply.status);
    auto const* content = response->as_object().if_contains("content");
    if (content == nullptr) return reply.body.empty() ? "" : "the document says there is no body";
    auto const* media = content->as_object().if_contains(type.substr(0, type.find(';')));
    if (media == nullptr) return "the document has no type " + type;
    auto const* schema = media->as_object().if_contains("schema");
    return schema == nullptr ? "" : validator.fault_of(json::parse(reply.body), schema->as_object(), "");
}

}  // namespace mainstay::testing
