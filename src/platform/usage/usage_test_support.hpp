// What the tests of usage share: a tenant with meters, events sent as the endpoint sends them, and figures as texts.
#pragma once
#include "kernel/events/events.hpp"
#include "platform/tenants/tenants.hpp"
#include "platform/usage/intake.hpp"
#include "platform/usage/query.hpp"
#include "testing/testing.hpp"

#include <gmock/gmock.h>

namespace mainstay::usage {

inline Instant at(std::string_view rfc3339) {
    return parse_rfc3339(rfc3339).value();
}

// As the endpoint does: planned on a snapshot, taken in a transaction.
inline std::vector<EventAnswer> send(Database& database, TenantId tenant, std::vector<NewEvent> events, Instant now) {
    Batch const batch = read_batch(std::move(events), now);
    Plan const plan = database.read(tenant, [&](Snapshot& snapshot) {
        return plan_of(batch, meters_number(snapshot), list_meters(snapshot, std::nullopt, meters_max));
    });
    return database.write(
        tenant, [&](Transaction& tx) { return take(tx, database.engine(), batch, plan); }, Isolation::read_committed);
}

inline Meter new_meter(Database& database, TenantId tenant, Meter meter) {
    database.write(tenant, [&](Transaction& tx) {
        begin_change_of_meters(tx);
        meter.id = MeterId::make(tx.now());
        if (meter.name.empty()) meter.name = fields::name_of(meter.aggregation);
        if (meter.event_name.empty()) meter.event_name = "call";
        insert_meter(tx, meter);
    });
    return meter;
}

class UsageTest : public testing::Engines {
protected:
    UsageTest() {
        migrate({shared_state::migrations(), entitlements::migrations(), tenants::migrations(), events::migrations(),
                 usage::migrations()});
    }

    Meter meter(Aggregation aggregation, std::optional<std::string> property = std::nullopt,
                std::vector<std::string> group_by = {}) {
        Meter made;
        made.aggregation = aggregation;
        made.property = std::move(property);
        made.group_by = std::move(group_by);
        return new_meter(database(), mine, made);
    }

    std::vector<EventAnswer> send(std::vector<NewEvent> events) {
        return usage::send(database(), mine, std::move(events), clock.now());
    }
    EventAnswer send_one(NewEvent event) { return send({std::move(event)}).at(0); }

    // "subject[group,...]: from..to value, ..." of each series, over the question's pages.
    std::vector<std::string> figures(Question question) {
        std::vector<std::string> all;
        auto const windows = static_cast<std::int64_t>(windows_of(question.period, question.window).size());
        for (;;) {
            auto const limit = static_cast<std::int64_t>(question.series_max) * (windows + 1) + 1;
            auto const rows =
                database().read(mine, [&](Snapshot& snapshot) { return read_figures(snapshot, question, limit); });
            auto const series = series_of(question, rows);
            for (std::size_t i = 0; i < std::min(series.size(), question.series_max); ++i)
                all.push_back(text_of(series[i]));
            if (series.size() <= question.series_max) return all;
            question.after = key_of_cursor(cursor_of(series[question.series_max - 1].key));
        }
    }
    static std::string text_of(Series const& series) {
        std::string text = series.key.subject;
        for (auto const& group : series.key.groups)
            if (!group.empty()) text += '[' + group + ']';
        text += ':';
        for (Point const& point : series.points)
            text += ' ' + to_rfc3339(point.from).substr(5, 8) + ".." + to_rfc3339(point.to).substr(5, 8) + '=' +
                    point.value;
        return text;
    }
    Question about(Meter const& asked, std::string_view from, std::string_view to, Window window = Window::none) {
        Question question;
        question.meter = asked;
        question.period = {at(from), at(to)};
        question.window = window;
        question.series_max = 100;
        return question;
    }
    std::int64_t count(Sql sql) {
        return database().read(mine, [&](Snapshot& snapshot) { return snapshot.one<std::int64_t>(sql); });
    }
};

inline NewEvent event(std::string id, std::string subject, std::string properties = "{}",
                      std::optional<Instant> when = std::nullopt, std::string name = "call") {
    return {std::move(id), std::move(name), std::move(subject), when, {std::move(properties)}};
}

}  // namespace mainstay::usage
