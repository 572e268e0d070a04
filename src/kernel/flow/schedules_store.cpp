// Schedules: made, changed, paused and asked for in their caller's transaction. A schedule stands in the ready index as
// long as it exists; one that has no next time or is paused sleeps there.
#include "kernel/flow/schedules_store.hpp"

#include "base/text.hpp"

namespace mainstay::flow {
namespace {

using fields::field;

// Longer than all the time that a schedule has: a job's unique key then holds for as long as the job is kept.
constexpr Duration period_without_end = days(200 * 366);

void report_at(fields::Report& report, std::string_view pointer, std::string message) {
    report.pointer = pointer;
    report.add(std::move(message));
}

void check_input(fields::Report& report, std::string_view text, bool is_state) {
    std::string_view const pointer = is_state ? "/target/state" : "/target/payload";
    if (text.size() > schedule_input_bytes_max)
        return report_at(report, pointer, "must have at most " + std::to_string(schedule_input_bytes_max) + " bytes");
    json::Document document;
    if (document.parse(text))
        report_at(report, pointer, "must be JSON");
    else if (is_state && document.root().type != json::Node::Type::object)
        report_at(report, pointer, "must be an object");
}

// Throws for what cannot become a schedule.
void check_new(NewSchedule const& given, Instant now) {
    check_options(given.options);
    if (given.options.run_at.us != 0 || !given.options.unique_key.empty())
        throw std::logic_error("a schedule decides itself when its work runs and what makes it unique");
    fields::Report report;
    if (given.name.empty() || !is_utf8(given.name) || utf8_length(given.name) > schedule_name_length_max)
        report_at(report, "/name", "must have from 1 to " + std::to_string(schedule_name_length_max) + " characters");
    report.pointer = "/spec";
    (void)schedule_of(given.spec, now, report);
    if (auto const* job = std::get_if<JobTarget>(&given.target)) {
        if (job->kind.empty() || !is_job_kind(job->kind))
            throw std::logic_error("a schedule's job needs the kind of a job");
        check_input(report, job->payload.text, false);
    } else {
        auto const& run = std::get<RunTarget>(given.target);
        if (run.graph.empty()) throw std::logic_error("a schedule's run needs the name of a graph");
        check_input(report, run.state.text, true);
    }
    if (!report.is_clean()) throw Fault(errors::invalid_input, "The schedule is not valid.", report.problems);
}

void fill(ScheduleRecord& record, NewSchedule const& given, Transaction& tx) {
    record.name = given.name;
    record.spec = given.spec;
    record.job_kind.reset();
    record.graph.reset();
    record.version.reset();
    if (auto const* job = std::get_if<JobTarget>(&given.target)) {
        record.job_kind = job->kind;
        record.input = job->payload;
    } else {
        auto const& run = std::get<RunTarget>(given.target);
        record.graph = run.graph;
        record.version = run.version;
        record.input = run.state;
    }
    record.queue = given.options.queue;
    record.priority = given.options.priority;
    record.concurrency_key.reset();
    record.concurrency_limit.reset();
    if (given.options.concurrency) {
        record.concurrency_key = given.options.concurrency->key;
        record.concurrency_limit = given.options.concurrency->limit;
    }
    record.originator = tx.scope().actor();
    record.changed_at = tx.now();
}

[[noreturn]] void refuse_name(std::string const& name) {
    throw Fault(errors::conflict, "There is a schedule of the name \"" + name + "\" already.");
}

bool have_same_times(ScheduleSpec a, ScheduleSpec const& b) {
    a.catch_up = b.catch_up;
    return fields::to_json(a) == fields::to_json(b);
}

// Wakes it in time, or lets it sleep. Whoever holds it reads what it has become before he puts it back.
void set_next_look(Transaction& tx, ScheduleRecord const& record) {
    Instant const at = next_look_at(record, tx.now());
    bool const is_due = at <= tx.now();
    auto const ready = tx.maybe_one<Ready>(R"(
        UPDATE flow_ready SET run_at = :at, is_due = :is_due WHERE id = :id AND owner IS NULL
     RETURNING id, tenant, queue, kind, priority, run_at, FALSE AS is_abandoned)",
                                           bind("id", record.id), bind("at", at), bind("is_due", is_due));
    if (ready) tx.tell(*ready);
}

void show_times(Snapshot& snapshot, ScheduleRecord& record) {
    auto const timing = timing_of(record);
    record.description = timing.schedule ? describe(*timing.schedule) : record.spec.cron.value_or("");
    if (!timing.schedule || record.paused_at) return;
    record.next_runs = next_runs(*timing.schedule, std::max(record.done_until, snapshot.now()), schedule_runs_shown);
}

JobOptions options_of(ScheduleRecord const& record) {
    JobOptions options;
    options.queue = record.queue;
    options.priority = record.priority;
    if (record.concurrency_key) options.concurrency = {*record.concurrency_key, record.concurrency_limit.value_or(1)};
    return options;
}

}  // namespace

fields::Table const& table_of(ScheduleRecord const*) {
    using R = ScheduleRecord;
    static fields::Table const table{
        "FlowScheduleRecord",
        {field("id", &R::id, "Begins with sch_."),
         field("name", &R::name, "Unique within the tenant."),
         field("spec", &R::spec, "When it comes due."),
         field("description", &R::description, "The same in words."),
         field("next_runs", &R::next_runs, "When it comes due next; empty while it is paused."),
         field("job_kind", &R::job_kind, "The kind of the jobs that it makes."),
         field("graph", &R::graph, "The graph of the runs that it makes."),
         field("version", &R::version, "The graph's version."),
         field("input", &R::input, "The payload of its jobs, or the state that its runs begin with."),
         field("queue", &R::queue, "Where its work stands."),
         field("priority", &R::priority, "Higher first."),
         field("concurrency_key", &R::concurrency_key,
               "What its work shares with other work, so that few run at once."),
         field("concurrency_limit", &R::concurrency_limit, "How many of the key run at once."),
         field("originator", &R::originator, "The user or key that its work acts for; empty: the program itself."),
         field("created_at", &R::created_at, "When it was made."),
         field("changed_at", &R::changed_at, "When it was last changed."),
         field("anchored_at", &R::anchored_at, "When its times were given; what an interval counts from."),
         field("done_until", &R::done_until, "Everything that was due until then is done with."),
         field("asked_at", &R::asked_at, "Since when a run beside its times is asked for."),
         field("paused_at", &R::paused_at, "Since when it is paused."),
         field("last_due_at", &R::last_due_at, "The time by which it last had to make something."),
         field("last_fired_at", &R::last_fired_at, "When it last made something."),
         field("last_job_id", &R::last_job_id, "The last job that it made."),
         field("last_run_id", &R::last_run_id, "The last run that it made."),
         field("last_error", &R::last_error, "Why it could not make the last one.")}};
    return table;
}

ScheduleId create_schedule(Transaction& tx, NewSchedule const& given) {
    check_new(given, tx.now());
    auto const present = tx.one<std::int64_t>("SELECT COUNT(*) FROM flow_schedules WHERE tenant_id = :tenant");
    if (present >= schedules_max)
        throw Fault(errors::conflict, "There are " + std::to_string(schedules_max) + " schedules; more are refused.");
    ScheduleRecord record;
    record.id = ScheduleId::make(tx.now());
    fill(record, given, tx);
    record.created_at = record.anchored_at = record.done_until = tx.now();
    auto const inserted = tx.execute(R"(
        INSERT INTO flow_schedules (tenant_id, id, name, spec, job_kind, graph, version, input, queue, priority,
                                    concurrency_key, concurrency_limit, originator, created_at, changed_at, anchored_at,
                                    done_until)
        VALUES (:tenant, :id, :name, :spec, :job_kind, :graph, :version, :input, :queue, :priority, :concurrency_key,
                :concurrency_limit, :originator, :created_at, :changed_at, :anchored_at, :done_until)
        ON CONFLICT (tenant_id, name) DO NOTHING)",
                                     record);
    if (inserted == 0) refuse_name(given.name);
    insert_ready(tx,
                 {record.id.to_string(), tx.tenant(), std::string(schedules_queue), std::string(schedule_kind), 0,
                  next_look_at(record, tx.now())},
                 0, std::nullopt);
    return record.id;
}

bool update_schedule(Transaction& tx, ScheduleId id, NewSchedule const& given) {
    auto record = load_schedule(tx, id);
    if (!record) return false;
    bool const keeps_times = have_same_times(record->spec, given.spec);
    check_new(given, keeps_times ? record->anchored_at : tx.now());
    auto const namesake = tx.maybe_one<ScheduleId>(
        "SELECT id FROM flow_schedules WHERE tenant_id = :tenant AND name = :name", bind("name", given.name));
    if (namesake && *namesake != id) refuse_name(given.name);
    fill(*record, given, tx);
    if (!keeps_times) record->anchored_at = record->done_until = tx.now();
    tx.execute(R"(
        UPDATE flow_schedules
           SET name = :name, spec = :spec, job_kind = :job_kind, graph = :graph, version = :version, input = :input,
               queue = :queue, priority = :priority, concurrency_key = :concurrency_key,
               concurrency_limit = :concurrency_limit, originator = :originator, changed_at = :changed_at,
               anchored_at = :anchored_at, done_until = :done_until
         WHERE tenant_id = :tenant AND id = :id)",
               *record);
    set_next_look(tx, *record);
    return true;
}

bool delete_schedule(Transaction& tx, ScheduleId id) {
    if (tx.execute("DELETE FROM flow_schedules WHERE tenant_id = :tenant AND id = :id", bind("id", id)) == 0)
        return false;
    tx.execute("DELETE FROM flow_ready WHERE id = :id", bind("id", id));
    return true;
}

bool pause_schedule(Transaction& tx, ScheduleId id) {
    auto record = load_schedule(tx, id);
    if (!record) return false;
    if (record->paused_at) return true;
    record->paused_at = tx.now();
    tx.execute("UPDATE flow_schedules SET paused_at = :paused_at WHERE tenant_id = :tenant AND id = :id", *record);
    set_next_look(tx, *record);
    return true;
}

bool resume_schedule(Transaction& tx, ScheduleId id) {
    auto record = load_schedule(tx, id);
    if (!record) return false;
    record->paused_at.reset();
    tx.execute("UPDATE flow_schedules SET paused_at = NULL WHERE tenant_id = :tenant AND id = :id", bind("id", id));
    set_next_look(tx, *record);
    return true;
}

bool run_now(Transaction& tx, ScheduleId id) {
    auto record = load_schedule(tx, id);
    if (!record) return false;
    if (record->asked_at) return true;
    record->asked_at = tx.now();
    tx.execute("UPDATE flow_schedules SET asked_at = :asked_at WHERE tenant_id = :tenant AND id = :id", *record);
    set_next_look(tx, *record);
    return true;
}

std::optional<ScheduleRecord> load_schedule(Snapshot& snapshot, ScheduleId id) {
    return snapshot.maybe_one<ScheduleRecord>(R"(
        SELECT flow_schedules.*, '' AS description, '[]' AS next_runs FROM flow_schedules
         WHERE tenant_id = :tenant AND id = :id)",
                                              bind("id", id));
}

std::optional<ScheduleRecord> find_schedule(Snapshot& snapshot, ScheduleId id) {
    auto record = load_schedule(snapshot, id);
    if (record) show_times(snapshot, *record);
    return record;
}

std::vector<ScheduleRecord> list_schedules(Snapshot& snapshot, ScheduleFilter const& filter,
                                           std::optional<ScheduleId> after, std::int64_t limit) {
    std::string const job_kind = filter.job_kind.value_or(""), graph = filter.graph.value_or("");
    bool const is_any = !filter.is_paused, is_paused = filter.is_paused.value_or(false);
    auto records = snapshot.all<ScheduleRecord>(R"(
        SELECT flow_schedules.*, '' AS description, '[]' AS next_runs FROM flow_schedules
         WHERE tenant_id = :tenant AND id > :after AND (:is_any OR (paused_at IS NOT NULL) = :is_paused)
           AND (:job_kind = '' OR job_kind = :job_kind) AND (:graph = '' OR graph = :graph)
         ORDER BY id LIMIT :limit)",
                                                bind("after", after ? after->to_string() : std::string()),
                                                bind("is_any", is_any), bind("is_paused", is_paused),
                                                bind("job_kind", job_kind), bind("graph", graph), bind("limit", limit));
    for (auto& record : records) show_times(snapshot, record);
    return records;
}

void make_due(Transaction& tx, ScheduleRecord& record, Graph const* graph, Instant due, bool is_asked) {
    JobOptions options = options_of(record);
    std::string const key = key_of_firing(record.id, due, is_asked);
    if (record.job_kind) {
        options.unique_key = key;
        options.unique_period = period_without_end;
        record.last_job_id = enqueue_text(tx, *record.job_kind, record.input.text, options).to_string();
        record.last_run_id.reset();
        return;
    }
    if (graph == nullptr)
        throw std::runtime_error("the engine does not know the graph " + record.graph.value_or("") + " in version " +
                                 std::to_string(record.version.value_or(0)));
    RunId const id = run_of_firing(key, due);
    if (!load_run(tx, id)) {
        RunRow run = new_run(tx, *graph, record.input.text, options);
        run.id = run.root_id = id;
        insert_run(tx, *graph, run, tx.now());
    }
    record.last_run_id = id.to_string();
    record.last_job_id.reset();
}

void save_firing(Transaction& tx, ScheduleRecord const& record) {
    tx.execute(R"(
        UPDATE flow_schedules
           SET done_until = :done_until, asked_at = :asked_at, last_due_at = :last_due_at,
               last_fired_at = :last_fired_at, last_job_id = :last_job_id, last_run_id = :last_run_id,
               last_error = :last_error
         WHERE tenant_id = :tenant AND id = :id)",
               record);
}

}  // namespace mainstay::flow
