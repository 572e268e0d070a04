#include "kernel/web/openapi.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace mainstay::web {
namespace {

constexpr std::string_view description =
    "Programs send `Authorization: Bearer mk_…`, browsers the session's cookie. Errors are problems (RFC 9457) whose "
    "`code` /docs/errors.md explains. A list gives `next_cursor` while there is more: send it as `cursor`. A change "
    "that is sent with an `Idempotency-Key` is carried out once, however often it is sent.";

constexpr std::string_view problem_schema =
    R"({"type":"object","required":["type","title","status","code","detail","errors","request_id"],"properties":{)"
    R"("type":{"type":"string","description":"Where the code is explained."},"title":{"type":"string"},)"
    R"("status":{"type":"integer"},"code":{"type":"string","description":"One of the codes of the error reference."},)"
    R"("detail":{"type":"string"},"errors":{"type":"array","items":{"type":"object","required":["pointer","message"],)"
    R"("properties":{"pointer":{"type":"string","description":"JSON pointer into the input."},"message":{"type":"string"}}}},)"
    R"("request_id":{"type":"string"}}})";

void text(std::string_view value, std::string& out) {
    json::write_string(value, out);
}

void write_parameter(fields::Field const& field, bool in_path, std::string& out, fields::Components& components) {
    out += "{\"name\":";
    text(field.name, out);
    out += in_path ? R"(,"in":"path","required":true,"schema":{)" : R"(,"in":"query","schema":{)";
    std::size_t const before = out.size();
    field.kind->schema(out, components);
    for (fields::Rule const& rule : field.rules)
        if (!rule.schema.empty()) out += (out.size() == before ? "" : ",") + rule.schema;
    out += '}';
    if (!in_path && field.required) out += R"(,"required":true)";
    out += ",\"description\":";
    text(field.doc, out);
    out += '}';
}

void write_parameters(Route const& route, std::string& out, fields::Components& components) {
    out += ",\"parameters\":[";
    for (auto const name : route.parameters) {
        if (out.back() != '[') out += ',';
        write_parameter(*route.handler.input->table().find(name), true, out, components);
    }
    if (route.endpoint.body == Body::none) {
        for (fields::Field const& field : route.body.fields) {
            if (out.back() != '[') out += ',';
            write_parameter(field, false, out, components);
        }
    }
    if (route.handler.access == Access::transaction) {
        if (out.back() != '[') out += ',';
        out += R"({"name":"Idempotency-Key","in":"header","schema":{"type":"string","minLength":1,"maxLength":255},)"
               R"("description":"Makes the request safe to send again: its reply is kept for 24 hours."})";
    }
    out += ']';
}

constexpr std::string_view multipart_content =
    R"("multipart/form-data":{"schema":{"type":"object","description":"The members as form fields, and any number of files."}})";

void write_body(Route const& route, std::string& out, fields::Components& components) {
    if (route.endpoint.body == Body::none) return;
    if (route.body.fields.empty()) {
        if (route.endpoint.body == Body::multipart)
            out += R"(,"requestBody":{"required":true,"content":{)" + std::string(multipart_content) + "}}";
        return;
    }
    std::string schema;
    fields::schema_object(route.body, schema, components);
    bool const required = std::any_of(route.body.fields.begin(), route.body.fields.end(),
                                      [](auto const& field) { return field.required; });
    out += R"(,"requestBody":{"required":)";
    out += required ? "true" : "false";
    out += R"(,"content":{"application/json":{"schema":)" + schema + '}';
    if (route.endpoint.body == Body::multipart) out += ',' + std::string(multipart_content);
    out += "}}";
}

void write_responses(Route const& route, std::string& out, fields::Components& components) {
    out += ",\"responses\":{\"";
    out += std::to_string(route.handler.gives_nothing ? 204 : route.endpoint.success);
    out += R"(":{"description":"Done.")";
    if (route.handler.output != nullptr) {
        out += R"(,"content":{"application/json":{"schema":{)";
        route.handler.output->schema(out, components);
        out += "}}}";
    } else if (!route.handler.gives_nothing && route.endpoint.success != 204) {
        out += ",\"content\":{";
        text(route.endpoint.content_type, out);
        out += ":{}}";
    }
    out +=
        R"(},"default":{"description":"A problem.","content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}}})";
}

// The word behind /api/v1/ groups the operations.
std::string_view tag_of(std::string_view path) {
    if (path.starts_with("/api/")) {
        auto const words = split(path.substr(1), '/');
        return words.size() > 2 ? words[2] : words.back();
    }
    return "operations";
}

void write_operation(Route const& route, std::string& out, fields::Components& components) {
    Endpoint const& endpoint = route.endpoint;
    text(lower_ascii(to_string(endpoint.method)), out);
    out += ":{\"operationId\":";
    text(endpoint.name, out);
    out += ",\"summary\":";
    text(endpoint.summary, out);
    out += ",\"tags\":[";
    text(tag_of(endpoint.path), out);
    out += "],\"security\":";
    out += endpoint.permission == public_access ? "[]" : R"([{"api_key":[]},{"session":[]}])";
    out += ",\"x-permission\":";
    text(endpoint.permission, out);
    write_parameters(route, out, components);
    write_body(route, out, components);
    write_responses(route, out, components);
    out += '}';
}

// Schemas of tables may name further tables, so this goes on until none is new.
void write_components(fields::Components components, std::string& out) {
    std::map<std::string, std::string> written;
    bool grew = true;
    while (grew) {
        grew = false;
        for (auto const& [name, table] : fields::Components(components)) {
            if (written.contains(name)) continue;
            fields::schema_object(*table, written[name], components);
            grew = true;
        }
    }
    for (auto const& [name, schema] : written) {
        text(name, out);
        out += ':' + schema + ',';
    }
}

}  // namespace

std::string openapi_document(Routes const& routes, std::string_view version) {
    fields::Components components;
    std::string out = R"({"openapi":"3.1.0","info":{"title":"Mainstay","version":)";
    text(version, out);
    out += R"(,"description":)";
    json::write_string(description, out);
    out += R"(,"license":{"name":"Apache-2.0","identifier":"Apache-2.0"}},"servers":[{"url":"/"}],"paths":{)";
    std::string_view path;
    for (Route const* route : routes.all()) {
        if (route->endpoint.path == path) {
            out += ',';
        } else {
            if (!path.empty()) out += "},";
            path = route->endpoint.path;
            text(path, out);
            out += ":{";
        }
        write_operation(*route, out, components);
    }
    out += path.empty() ? "}" : "}}";
    out += R"(,"components":{"securitySchemes":{"api_key":{"type":"http","scheme":"bearer"},)"
           R"("session":{"type":"apiKey","in":"cookie","name":"__Host-session"}},"schemas":{)";
    write_components(std::move(components), out);
    out += "\"Problem\":";
    out += problem_schema;
    out += "}}}";
    return out;
}

std::string error_reference(Routes const& routes) {
    auto codes = routes.codes();
    std::sort(codes.begin(), codes.end(), [](ErrorCode const* a, ErrorCode const* b) { return a->name < b->name; });
    std::string out = "# Errors\n\nEvery error is `application/problem+json` (RFC 9457); `code` is one of these.\n";
    for (ErrorCode const* code : codes) {
        out += "\n## " + std::string(code->name) + "\n\n**" + std::to_string(code->status) + " " +
               std::string(code->title) + ".** ";
        out += std::string(code->meaning) + "\n";
    }
    return out;
}

}  // namespace mainstay::web
