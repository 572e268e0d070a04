#include "kernel/web/input.hpp"

#include "base/text.hpp"
#include "kernel/web/multipart.hpp"
#include "kernel/web/service.hpp"
#include "kernel/web/web_errors.hpp"

#include <algorithm>
#include <fstream>

namespace mainstay::web {
namespace {

// The media type of a Content-Type header, without its parameters.
std::string media_type(RequestHead const& head) {
    return lower_ascii(trim(head.header("content-type").substr(0, head.header("content-type").find(';'))));
}

std::string decode(std::string_view text, bool plus_is_space) {
    std::string copy(text);
    if (plus_is_space) std::replace(copy.begin(), copy.end(), '+', ' ');
    auto decoded = percent_decode(copy);
    if (!decoded || !is_utf8(*decoded)) throw Fault(errors::bad_request, "The address has a broken percent escape.");
    return std::move(*decoded);
}

void read_path(Route const& route, std::vector<std::string> const& values, void* input) {
    fields::Table const& table = route.handler.input->table();
    for (std::size_t i = 0; i < values.size(); ++i) {
        fields::Report report;
        fields::read_member(input, *table.find(route.parameters[i]), decode(values[i], false), report);
        // What cannot be an id names nothing: the same answer as for an id that does not exist.
        if (!report.is_clean()) throw Fault(errors::not_found, "There is no such object.");
    }
}

// Members given as text, by a query or a form.
class TextMembers {
public:
    TextMembers(Route const& route, void* input, fields::Report& report)
        : route_(route), input_(input), report_(report) {}

    void take(std::string const& name, std::string_view value) {
        fields::Field const* const field = route_.body.find(name);
        if (field == nullptr || field->kind->read_text == nullptr) return fields::report_unknown(name, report_);
        if (std::find(seen_.begin(), seen_.end(), name) != seen_.end()) {
            report_.problems.push_back({"/" + name, "is given twice"});
            return;
        }
        seen_.push_back(name);
        fields::read_member(input_, *field, value, report_);
    }
    void finish() {
        for (fields::Field const& field : route_.body.fields)
            if (field.required && std::find(seen_.begin(), seen_.end(), field.name) == seen_.end())
                fields::report_missing(field, report_);
    }

private:
    Route const& route_;
    void* input_;
    fields::Report& report_;
    std::vector<std::string> seen_;
};

void read_query(Route const& route, std::string_view query, void* input, fields::Report& report) {
    TextMembers members(route, input, report);
    if (!query.empty()) {
        for (auto const pair : split(query, '&')) {
            if (pair.empty()) continue;
            auto const equals = pair.find('=');
            auto const value = equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1);
            members.take(decode(pair.substr(0, equals), true), decode(value, true));
        }
    }
    members.finish();
}

std::string body_of(Request const& request) {
    if (request.body_file.empty()) return request.body;
    std::string text(request.body_size, '\0');
    std::ifstream in(request.body_file, std::ios::binary);
    if (!in.read(text.data(), static_cast<std::streamsize>(text.size())))
        throw Fault(errors::internal_error, "The body could not be read.", request.body_file.string());
    return text;
}

void read_json_body(Route const& route, std::string const& text, void* input, fields::Report& report) {
    json::Document document;
    if (auto const fault = document.parse(text)) {
        std::string const place = "at byte " + std::to_string(fault->offset) + " " + fault->message;
        throw Fault(errors::malformed_json, "The body cannot be read as JSON.",
                    std::vector<Problem>{{fault->pointer, place}});
    }
    fields::read_object(input, route.body, document.root(), report);
}

void read_form(Route const& route, Request const& request, void* input, fields::Report& report,
               std::vector<UploadedFile>& files) {
    Form form = read_multipart(request.body_file, request.header("content-type"));
    TextMembers members(route, input, report);
    for (auto const& [name, value] : form.values) members.take(name, value);
    members.finish();
    files = std::move(form.files);
}

}  // namespace

void read_input(Route const& route, std::vector<std::string> const& values, Request const& request, void* input,
                std::vector<UploadedFile>& files) {
    read_path(route, values, input);
    fields::Report report;
    if (route.endpoint.body == Body::none) {
        if (request.body_size > 0) throw Fault(errors::bad_request, "This endpoint takes no body.");
        read_query(route, request.query(), input, report);
    } else {
        if (!request.query().empty()) throw Fault(errors::bad_request, "This endpoint takes no query.");
        std::string const type = media_type(request);
        if (type == "multipart/form-data" && route.endpoint.body == Body::multipart) {
            read_form(route, request, input, report, files);
        } else if (type == "application/json") {
            read_json_body(route, body_of(request), input, report);
        } else if (request.body_size == 0) {
            read_query(route, {}, input, report);
        } else {
            throw Fault(errors::unsupported_media_type, route.endpoint.body == Body::multipart
                                                            ? "Send application/json or multipart/form-data."
                                                            : "Send application/json.");
        }
    }
    if (!report.is_clean()) throw Fault(errors::invalid_input, "The input is not valid.", std::move(report.problems));
}

}  // namespace mainstay::web
