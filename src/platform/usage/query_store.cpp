// The SQL of questions.
#include "platform/usage/query.hpp"

namespace mainstay::usage {
namespace {

using fields::field;

constexpr std::string_view last_text = "\U0010FFFF";  // behind every subject

// What both statements are given.
struct Asked {
    MeterId meter_id;
    std::string first_subject, last_subject;
    Instant since, from, to;
    bool by_subject = false, by_1 = false, by_2 = false, by_3 = false, by_4 = false, by_5 = false;
    bool by_month = false, is_level = false, is_first = true;
    std::int64_t width = 0;
    std::string after_subject, after_1, after_2, after_3, after_4, after_5;
    std::int64_t limit = 0;
};
fields::Table const& table_of(Asked const*) {
    static fields::Table const table{"UsageAsked",
                                     {field("meter_id", &Asked::meter_id, ""),
                                      field("first_subject", &Asked::first_subject, ""),
                                      field("last_subject", &Asked::last_subject, ""),
                                      field("since", &Asked::since, ""),
                                      field("from", &Asked::from, ""),
                                      field("to", &Asked::to, ""),
                                      field("by_subject", &Asked::by_subject, ""),
                                      field("by_1", &Asked::by_1, ""),
                                      field("by_2", &Asked::by_2, ""),
                                      field("by_3", &Asked::by_3, ""),
                                      field("by_4", &Asked::by_4, ""),
                                      field("by_5", &Asked::by_5, ""),
                                      field("by_month", &Asked::by_month, ""),
                                      field("is_level", &Asked::is_level, ""),
                                      field("is_first", &Asked::is_first, ""),
                                      field("width", &Asked::width, ""),
                                      field("after_subject", &Asked::after_subject, ""),
                                      field("after_1", &Asked::after_1, ""),
                                      field("after_2", &Asked::after_2, ""),
                                      field("after_3", &Asked::after_3, ""),
                                      field("after_4", &Asked::after_4, ""),
                                      field("after_5", &Asked::after_5, ""),
                                      field("limit", &Asked::limit, "")}};
    return table;
}

std::int64_t width_of(Window window) {
    switch (window) {
        case Window::hour: return hours(1).us;
        case Window::day: return days(1).us;
        case Window::month:  // not by width
        case Window::none: break;
    }
    return std::int64_t{1} << 62;  // one window, from 0 on
}

Asked asked(Question const& question, std::int64_t limit) {
    Asked all;
    bool const is_level = question.meter.aggregation == Aggregation::weighted_sum;
    all.meter_id = question.meter.id;
    all.first_subject = question.subject.value_or("");
    all.last_subject = question.subject.value_or(std::string(last_text));
    all.since = is_level ? Instant{0} : question.period.from;
    all.from = question.period.from;
    all.to = question.period.to;
    all.by_subject = question.by_subject;
    auto const& by = question.by_group;
    std::tie(all.by_1, all.by_2, all.by_3, all.by_4, all.by_5) = std::tie(by[0], by[1], by[2], by[3], by[4]);
    all.by_month = question.window == Window::month;
    all.is_level = is_level;
    all.width = width_of(question.window);
    all.limit = limit;
    if (!question.after) return all;
    all.is_first = false;
    all.after_subject = question.after->subject;
    auto const& after = question.after->groups;
    std::tie(all.after_1, all.after_2, all.after_3, all.after_4, all.after_5) =
        std::tie(after[0], after[1], after[2], after[3], after[4]);
    if (question.by_subject && all.first_subject < all.after_subject) all.first_subject = all.after_subject;
    return all;
}

constexpr Sql rollups_statement(R"(
    SELECT * FROM (
        SELECT CASE WHEN :by_subject THEN subject ELSE '' END AS subject,
               CASE WHEN :by_1 THEN json_extract(groups, '$[0]') ELSE '' END AS group_1,
               CASE WHEN :by_2 THEN json_extract(groups, '$[1]') ELSE '' END AS group_2,
               CASE WHEN :by_3 THEN json_extract(groups, '$[2]') ELSE '' END AS group_3,
               CASE WHEN :by_4 THEN json_extract(groups, '$[3]') ELSE '' END AS group_4,
               CASE WHEN :by_5 THEN json_extract(groups, '$[4]') ELSE '' END AS group_5,
               CASE WHEN bucket_at < :from THEN -1
                    WHEN :by_month
                    THEN CAST(strftime('%s', bucket_at / 1000000, 'unixepoch', 'start of month') AS INTEGER) * 1000000
                    ELSE bucket_at - bucket_at % :width END AS window_at,
               sum(events) AS events, sum(whole) AS whole, sum(billionths) AS billionths,
               sum(CASE WHEN :is_level AND bucket_at >= :from
                        THEN moment_whole + whole * ((bucket_at - :from) / 1000000) ELSE 0 END) AS moment_whole,
               sum(CASE WHEN :is_level AND bucket_at >= :from
                        THEN moment_billionths + billionths * ((bucket_at - :from) / 1000000) ELSE 0 END)
                   AS moment_billionths,
               max(peak) AS peak
          FROM usage_rollups
         WHERE tenant_id = :tenant AND meter_id = :meter_id AND subject >= :first_subject AND subject <= :last_subject
           AND bucket_at >= :since AND bucket_at < :to
         GROUP BY 1, 2, 3, 4, 5, 6, 7) AS figures
     WHERE :is_first OR (subject, group_1, group_2, group_3, group_4, group_5)
                      > (:after_subject, :after_1, :after_2, :after_3, :after_4, :after_5)
     ORDER BY subject, group_1, group_2, group_3, group_4, group_5, window_at
     LIMIT :limit)",
                                R"(
    SELECT * FROM (
        SELECT CASE WHEN :by_subject THEN subject ELSE '' END AS subject,
               CASE WHEN :by_1 THEN CAST(groups AS json) ->> 0 ELSE '' END COLLATE "C" AS group_1,
               CASE WHEN :by_2 THEN CAST(groups AS json) ->> 1 ELSE '' END COLLATE "C" AS group_2,
               CASE WHEN :by_3 THEN CAST(groups AS json) ->> 2 ELSE '' END COLLATE "C" AS group_3,
               CASE WHEN :by_4 THEN CAST(groups AS json) ->> 3 ELSE '' END COLLATE "C" AS group_4,
               CASE WHEN :by_5 THEN CAST(groups AS json) ->> 4 ELSE '' END COLLATE "C" AS group_5,
               CASE WHEN bucket_at < :from THEN -1
                    WHEN :by_month
                    THEN CAST(extract(epoch FROM date_trunc('month', to_timestamp(bucket_at / 1000000)
                                                            AT TIME ZONE 'UTC')) AS BIGINT) * 1000000
                    ELSE bucket_at - bucket_at % :width END AS window_at,
               CAST(sum(events) AS BIGINT) AS events, CAST(sum(whole) AS BIGINT) AS whole,
               CAST(sum(billionths) AS BIGINT) AS billionths,
               CAST(sum(CASE WHEN :is_level AND bucket_at >= :from
                             THEN moment_whole + whole * ((bucket_at - :from) / 1000000) ELSE 0 END)
                    AS BIGINT) AS moment_whole,
               CAST(sum(CASE WHEN :is_level AND bucket_at >= :from
                             THEN moment_billionths + billionths * ((bucket_at - :from) / 1000000) ELSE 0 END)
                    AS BIGINT) AS moment_billionths,
               max(peak) AS peak
          FROM usage_rollups
         WHERE tenant_id = :tenant AND meter_id = :meter_id AND subject >= :first_subject AND subject <= :last_subject
           AND bucket_at >= :since AND bucket_at < :to
         GROUP BY 1, 2, 3, 4, 5, 6, 7) AS figures
     WHERE :is_first OR (subject, group_1, group_2, group_3, group_4, group_5)
                      > (:after_subject, :after_1, :after_2, :after_3, :after_4, :after_5)
     ORDER BY subject, group_1, group_2, group_3, group_4, group_5, window_at
     LIMIT :limit)");

constexpr Sql unique_statement(R"(
    SELECT * FROM (
        SELECT CASE WHEN :by_subject THEN subject ELSE '' END AS subject,
               CASE WHEN :by_1 THEN json_extract(groups, '$[0]') ELSE '' END AS group_1,
               CASE WHEN :by_2 THEN json_extract(groups, '$[1]') ELSE '' END AS group_2,
               CASE WHEN :by_3 THEN json_extract(groups, '$[2]') ELSE '' END AS group_3,
               CASE WHEN :by_4 THEN json_extract(groups, '$[3]') ELSE '' END AS group_4,
               CASE WHEN :by_5 THEN json_extract(groups, '$[4]') ELSE '' END AS group_5,
               CASE WHEN :by_month
                    THEN CAST(strftime('%s', bucket_at / 1000000, 'unixepoch', 'start of month') AS INTEGER) * 1000000
                    ELSE bucket_at - bucket_at % :width END AS window_at,
               count(DISTINCT value) AS events, 0 AS whole, 0 AS billionths, 0 AS moment_whole, 0 AS moment_billionths,
               '' AS peak
          FROM usage_unique_values
         WHERE tenant_id = :tenant AND meter_id = :meter_id AND subject >= :first_subject AND subject <= :last_subject
           AND bucket_at >= :since AND bucket_at < :to
         GROUP BY 1, 2, 3, 4, 5, 6, 7) AS figures
     WHERE :is_first OR (subject, group_1, group_2, group_3, group_4, group_5)
                      > (:after_subject, :after_1, :after_2, :after_3, :after_4, :after_5)
     ORDER BY subject, group_1, group_2, group_3, group_4, group_5, window_at
     LIMIT :limit)",
                               R"(
    SELECT * FROM (
        SELECT CASE WHEN :by_subject THEN subject ELSE '' END AS subject,
               CASE WHEN :by_1 THEN CAST(groups AS json) ->> 0 ELSE '' END COLLATE "C" AS group_1,
               CASE WHEN :by_2 THEN CAST(groups AS json) ->> 1 ELSE '' END COLLATE "C" AS group_2,
               CASE WHEN :by_3 THEN CAST(groups AS json) ->> 2 ELSE '' END COLLATE "C" AS group_3,
               CASE WHEN :by_4 THEN CAST(groups AS json) ->> 3 ELSE '' END COLLATE "C" AS group_4,
               CASE WHEN :by_5 THEN CAST(groups AS json) ->> 4 ELSE '' END COLLATE "C" AS group_5,
               CASE WHEN :by_month
                    THEN CAST(extract(epoch FROM date_trunc('month', to_timestamp(bucket_at / 1000000)
                                                            AT TIME ZONE 'UTC')) AS BIGINT) * 1000000
                    ELSE bucket_at - bucket_at % :width END AS window_at,
               count(DISTINCT value) AS events, CAST(0 AS BIGINT) AS whole, CAST(0 AS BIGINT) AS billionths,
               CAST(0 AS BIGINT) AS moment_whole, CAST(0 AS BIGINT) AS moment_billionths, '' AS peak
          FROM usage_unique_values
         WHERE tenant_id = :tenant AND meter_id = :meter_id AND subject >= :first_subject AND subject <= :last_subject
           AND bucket_at >= :since AND bucket_at < :to
         GROUP BY 1, 2, 3, 4, 5, 6, 7) AS figures
     WHERE :is_first OR (subject, group_1, group_2, group_3, group_4, group_5)
                      > (:after_subject, :after_1, :after_2, :after_3, :after_4, :after_5)
     ORDER BY subject, group_1, group_2, group_3, group_4, group_5, window_at
     LIMIT :limit)");

}  // namespace

fields::Table const& table_of(FigureRow const*) {
    static fields::Table const table{
        "UsageFigureRow",
        {field("subject", &FigureRow::subject, ""), field("group_1", &FigureRow::group_1, ""),
         field("group_2", &FigureRow::group_2, ""), field("group_3", &FigureRow::group_3, ""),
         field("group_4", &FigureRow::group_4, ""), field("group_5", &FigureRow::group_5, ""),
         field("window_at", &FigureRow::window_at, ""), field("events", &FigureRow::events, ""),
         field("whole", &FigureRow::whole, ""), field("billionths", &FigureRow::billionths, ""),
         field("moment_whole", &FigureRow::moment_whole, ""),
         field("moment_billionths", &FigureRow::moment_billionths, ""), field("peak", &FigureRow::peak, "")}};
    return table;
}

std::vector<FigureRow> read_figures(Snapshot& snapshot, Question const& question, std::int64_t limit) {
    bool const is_unique = question.meter.aggregation == Aggregation::unique;
    return snapshot.all<FigureRow>(is_unique ? unique_statement : rollups_statement, asked(question, limit));
}

}  // namespace mainstay::usage
