// What the API says about meters.
#include "platform/usage/meters.hpp"

#include <algorithm>

namespace mainstay::usage {
namespace {

using fields::defaulted;
using fields::field;
using fields::items;
using fields::length;
using fields::pattern;

constexpr std::string_view name_pattern = "[a-z][a-z0-9_.]{0,63}";
constexpr std::string_view name_says = "must be lower-case letters, digits, points and underscores, 64 at most";

struct CreateMeter {
    std::string name;
    std::string event_name;
    Aggregation aggregation = Aggregation::count;
    std::optional<std::string> property;
    std::vector<std::string> group_by;
    std::string unit;
    bool is_billable = true;
};
fields::Table const& table_of(CreateMeter const*) {
    static fields::Table const table{
        "CreateMeter",
        {field("name", &CreateMeter::name, "Unique.", pattern(name_pattern, name_says)),
         field("event_name", &CreateMeter::event_name, "Of the events that it listens to.", length(1, 100)),
         field("aggregation", &CreateMeter::aggregation, "How events become a figure."),
         field("property", &CreateMeter::property,
               "The member of an event's properties whose values are counted; none for count.", length(1, 100)),
         field("group_by", &CreateMeter::group_by, "Members of the properties by which figures can be told apart.",
               items(0, group_by_max), defaulted()),
         field("unit", &CreateMeter::unit, "What one of it is called.", length(0, 40), defaulted()),
         field("is_billable", &CreateMeter::is_billable, "Whether bills stand on it.", defaulted())}};
    return table;
}

struct ListMeters {
    std::int64_t limit = web::page_size_default;
    std::optional<MeterId> cursor;
};
fields::Table const& table_of(ListMeters const*) {
    static fields::Table const table{"ListMeters",
                                     {web::limit_field(&ListMeters::limit), web::cursor_field(&ListMeters::cursor)}};
    return table;
}

struct MeterById {
    MeterId meter_id;
};
fields::Table const& table_of(MeterById const*) {
    static fields::Table const table{"MeterById", {field("meter_id", &MeterById::meter_id, "Begins with mtr_.")}};
    return table;
}

struct ChangeMeter {
    MeterId meter_id;
    std::string name;
    std::string unit;
    bool is_billable = true;
};
fields::Table const& table_of(ChangeMeter const*) {
    static fields::Table const table{"ChangeMeter",
                                     {field("meter_id", &ChangeMeter::meter_id, "Begins with mtr_."),
                                      field("name", &ChangeMeter::name, "Unique.", pattern(name_pattern, name_says)),
                                      field("unit", &ChangeMeter::unit, "What one of it is called.", length(0, 40)),
                                      field("is_billable", &ChangeMeter::is_billable, "Whether bills stand on it.")}};
    return table;
}

void check(CreateMeter const& input) {
    std::vector<Problem> problems;
    bool const counts_events = input.aggregation == Aggregation::count;
    if (counts_events && input.property) problems.push_back({"/property", "must be absent for count"});
    if (!counts_events && !input.property) problems.push_back({"/property", "is needed for all but count"});
    for (std::size_t i = 0; i < input.group_by.size(); ++i) {
        std::string const& name = input.group_by[i];
        auto const first = std::find(input.group_by.begin(), input.group_by.end(), name);
        std::string const pointer = "/group_by/" + std::to_string(i);
        if (name.empty() || name.size() > 100 || name.find(',') != std::string::npos)
            problems.push_back({pointer, "must be 1 to 100 bytes without a comma"});
        if (name == "subject") problems.push_back({pointer, "must not be subject, which is told apart anyway"});
        if (first != input.group_by.begin() + static_cast<std::ptrdiff_t>(i))
            problems.push_back({pointer, "must be named once"});
    }
    if (!problems.empty()) throw Fault(errors::invalid_input, "The meter cannot be as it is said.", problems);
}

Meter meter_or_404(Snapshot& snapshot, MeterId id) {
    auto meter = find_meter(snapshot, id);
    if (!meter) throw Fault(errors::not_found, "There is no such object.");
    return *std::move(meter);
}

constexpr web::Endpoint create_endpoint{
    .name = "create_meter",
    .method = web::Method::post,
    .path = "/api/v1/usage/meters",
    .summary = "Create a meter; it counts the events that come from then on",
    .permission = "meters.write",
    .success = 201,
    .impersonators = web::Impersonators::admitted,
};

Meter create(Call const&, Transaction& tx, CreateMeter input) {
    check(input);
    begin_change_of_meters(tx);
    if (count_meters(tx, meters_max) >= meters_max)
        throw Fault(errors::conflict, "A tenant has " + std::to_string(meters_max) + " meters at most.");
    Meter const meter{MeterId::make(tx.now()), std::move(input.name),     std::move(input.event_name),
                      input.aggregation,       std::move(input.property), std::move(input.group_by),
                      std::move(input.unit),   input.is_billable,         tx.now()};
    insert_meter(tx, meter);
    return meter;
}

constexpr web::Endpoint list_endpoint{
    .name = "list_meters",
    .method = web::Method::get,
    .path = "/api/v1/usage/meters",
    .summary = "List meters, oldest first",
    .permission = "usage.read",
};

web::Page<Meter> list(Call const&, Snapshot& snapshot, ListMeters input) {
    return web::page_of(list_meters(snapshot, input.cursor, input.limit + 1), input.limit);
}

constexpr web::Endpoint read_endpoint{
    .name = "read_meter",
    .method = web::Method::get,
    .path = "/api/v1/usage/meters/{meter_id}",
    .summary = "Read a meter",
    .permission = "usage.read",
};

Meter read(Call const&, Snapshot& snapshot, MeterById input) {
    return meter_or_404(snapshot, input.meter_id);
}

constexpr web::Endpoint change_endpoint{
    .name = "change_meter",
    .method = web::Method::put,
    .path = "/api/v1/usage/meters/{meter_id}",
    .summary = "Change a meter's name, unit and whether bills stand on it; what it counts stays",
    .permission = "meters.write",
    .impersonators = web::Impersonators::admitted,
};

Meter change(Call const& call, Transaction& tx, ChangeMeter input) {
    Meter meter = meter_or_404(tx, input.meter_id);
    call.note_before(meter);
    meter.name = std::move(input.name);
    meter.unit = std::move(input.unit);
    meter.is_billable = input.is_billable;
    update_meter(tx, meter);
    return meter;
}

constexpr web::Endpoint delete_endpoint{
    .name = "delete_meter",
    .method = web::Method::delete_,
    .path = "/api/v1/usage/meters/{meter_id}",
    .summary = "Delete a meter with its figures; the events stay",
    .permission = "meters.write",
    .success = 204,
};

void remove(Call const& call, Transaction& tx, MeterById input) {
    call.note_before(meter_or_404(tx, input.meter_id));
    begin_change_of_meters(tx);
    delete_meter(tx, input.meter_id);
}

}  // namespace

fields::Table const& table_of(Meter const*) {
    static fields::Table const table{
        "Meter",
        {field("id", &Meter::id, "Begins with mtr_."), field("name", &Meter::name, "Unique."),
         field("event_name", &Meter::event_name, "Of the events that it listens to."),
         field("aggregation", &Meter::aggregation, "How events become a figure."),
         field("property", &Meter::property, "Whose values are counted."),
         field("group_by", &Meter::group_by, "By what figures can be told apart."),
         field("unit", &Meter::unit, "What one of it is called."),
         field("is_billable", &Meter::is_billable, "Whether bills stand on it."),
         field("created_at", &Meter::created_at, "It counts the events that came from then on.")}};
    return table;
}

void add_meter_routes(web::Routes& routes) {
    routes.add(create_endpoint, create);
    routes.add(list_endpoint, list);
    routes.add(read_endpoint, read);
    routes.add(change_endpoint, change);
    routes.add(delete_endpoint, remove);
}

}  // namespace mainstay::usage
