// Every model built and every test run in one DuckDB session. All models are made as tables, whatever dbt makes of them
// later: a view is only bound when it is made, and a column that nobody reads is never worked out.
#include "base/fault.hpp"
#include "products/migrate/dbt/jinja.hpp"
#include "products/migrate/dbt/source_tables.hpp"

#include <algorithm>

namespace mainstay::dbt {
namespace {

constexpr std::string_view model_schema = "models";

class Runner {
public:
    Runner(catalog::Database const& database, Project const& project, duck::DuckSession& session,
           std::set<std::string> const& only)
        : database_(database), project_(project), session_(session), names_(make_names(database)) {
        std::map<std::string, Model const*> by_name;
        for (auto const& model : project.models) by_name[model.planned.name] = &model;
        std::function<void(std::string const&)> const need = [&](std::string const& name) {
            auto const found = by_name.find(name);
            if (found == by_name.end() || !needed_.insert(name).second) return;
            for (auto const& parent : found->second->planned.depends_on) need(parent);
        };
        for (auto const& model : project.models)
            if (only.empty() || only.contains(model.planned.name)) need(model.planned.name);
        for (auto const& [name, own] : names_.tables)
            raw_[own.source + '.' + own.source_table] = written(raw_table(own));
        result_.models.resize(project.models.size());
        for (std::size_t i = 0; i < project.models.size(); ++i) {
            result_.models[i].name = project.models[i].planned.name;
            if (project.models[i].sql.empty()) result_.models[i].status = ModelStatus::not_translated;
        }
    }

    RunResult run(Progress const& progress) {
        // A session that an earlier run has used is as good as a new one.
        std::string prepare;
        for (auto const& [source, schema] : names_.schemas)
            prepare += "drop schema if exists \"raw_" + source + "\" cascade; ";
        auto const schema = std::string(model_schema);
        auto const made =
            session_.execute(prepare + "drop schema if exists " + schema + " cascade; create schema " + schema);
        if (!made.ok()) fail(made.error());
        load();
        // Staging models refer to each other in their tests, so that all of them come before the first test.
        for (std::size_t i = 0; i < project_.models.size(); ++i)
            if (is_staging(i)) build(i);
        for (std::size_t i = 0; i < project_.models.size(); ++i) {
            if (!needed_.contains(project_.models[i].planned.name)) continue;
            if (!is_staging(i)) build(i);
            if (result_.models[i].status == ModelStatus::passed) test(i);
            if (progress && !progress(result_.models[i])) break;
        }
        return std::move(result_);
    }

private:
    [[noreturn]] static void fail(duck::Error const& error) {
        require_alive(error);
        throw Fault(errors::internal_error, "The engine could not be prepared.", error.message);
    }

    bool is_staging(std::size_t i) const { return project_.models[i].planned.layer == Layer::staging; }

    void load() {
        std::set<std::string> wanted;
        for (auto const& name : needed_) wanted.insert(name);
        sources_ = load_sources(database_, names_, project_.options.seed, session_, wanted);
        for (auto const& [model, rows] : sources_) {
            result_.script_rows += rows.script;
            result_.generated_rows += rows.generated;
            result_.refused_rows += rows.refused;
            for (auto const& fault : rows.faults)
                if (result_.row_faults.size() < row_faults_max) result_.row_faults.push_back(fault);
        }
    }

    std::string in_engine(std::string const& sql) const {
        return compiled(sql,
                        [this](std::string_view kind, std::string_view first, std::string_view second) -> std::string {
                            if (kind == "source") {
                                auto const found = raw_.find(std::string(first) + '.' + std::string(second));
                                return found == raw_.end() ? "unknown_source" : found->second;
                            }
                            return std::string(model_schema) + ".\"" + std::string(first) + '"';
                        });
    }

    // The rows that the model reads; nothing when one of its parents was not built.
    std::optional<std::int64_t> input_rows(Model const& model, ModelResult& result) {
        if (model.planned.layer == Layer::staging) {
            auto const rows = sources_.find(model.planned.name);
            if (rows == sources_.end()) return 0;
            return rows->second.script + rows->second.generated;
        }
        std::int64_t sum = 0;
        for (auto const& parent : model.planned.depends_on) {
            auto const built = output_rows_.find(parent);
            if (built == output_rows_.end()) {
                result.status = ModelStatus::skipped;
                result.error = "It reads " + parent + ", which was not built.";
                return std::nullopt;
            }
            sum += built->second;
        }
        return sum;
    }

    void build(std::size_t i) {
        auto const& model = project_.models[i];
        auto& result = result_.models[i];
        if (!needed_.contains(model.planned.name) || model.sql.empty()) return;
        auto const rows = input_rows(model, result);
        if (!rows) return;
        result.input_rows = *rows;
        result.attempts = 1;
        auto const outcome = session_.query("create table " + std::string(model_schema) + ".\"" + model.planned.name +
                                            "\" as " + in_engine(model.sql));
        if (!outcome.ok()) {
            require_alive(outcome.error());
            result.status = ModelStatus::failed;
            result.error = outcome.error().message;
            return;
        }
        result.status = ModelStatus::passed;
        auto const counted =
            session_.query("select count(*) from " + std::string(model_schema) + ".\"" + model.planned.name + '"');
        if (!counted.ok()) fail(counted.error());
        result.output_rows = std::get<std::int64_t>(counted.value().values.front());
        result.is_empty = result.output_rows == 0;
        output_rows_[model.planned.name] = result.output_rows;
    }

    // One statement for all tests of a model; each by itself when one of them cannot run.
    void test(std::size_t i) {
        auto const& model = project_.models[i];
        auto& result = result_.models[i];
        std::string all;
        std::vector<std::size_t> asked;
        for (std::size_t n = 0; n < model.tests.size(); ++n) {
            auto const& one = model.tests[n];
            if (!one.to.empty() && !output_rows_.contains(one.to)) continue;
            result.tests.push_back({one.name, false, one.is_warning, 0, {}});
            all += (asked.empty() ? "" : " union all ") + std::string("select ") + std::to_string(asked.size()) +
                   ", count(*) from (" + in_engine(one.failing_rows) + ")";
            asked.push_back(n);
        }
        if (asked.empty()) return;
        auto const outcome = session_.query(all);
        if (outcome.ok()) {
            for (std::size_t row = 0; row < outcome.value().row_count(); ++row) {
                auto const cells = outcome.value().row(row);
                auto& test = result.tests.at(static_cast<std::size_t>(std::get<std::int64_t>(cells[0])));
                test.failing_rows = std::get<std::int64_t>(cells[1]);
                test.has_passed = test.failing_rows == 0;
            }
            return;
        }
        require_alive(outcome.error());
        for (std::size_t n = 0; n < asked.size(); ++n) {
            auto const one =
                session_.query("select count(*) from (" + in_engine(model.tests[asked[n]].failing_rows) + ")");
            if (!one.ok()) {
                require_alive(one.error());
                result.tests[n].error = one.error().message;
                continue;
            }
            result.tests[n].failing_rows = std::get<std::int64_t>(one.value().values.front());
            result.tests[n].has_passed = result.tests[n].failing_rows == 0;
        }
    }

    catalog::Database const& database_;
    Project const& project_;
    duck::DuckSession& session_;
    Names names_;
    std::set<std::string> needed_;
    std::map<std::string, std::string> raw_;
    std::map<std::string, SourceRows> sources_;
    std::map<std::string, std::int64_t> output_rows_;
    RunResult result_;
};

}  // namespace

RunResult run(catalog::Database const& database, Project const& project, duck::DuckSession& session,
              Progress const& progress, std::set<std::string> const& only) {
    return Runner(database, project, session, only).run(progress);
}

}  // namespace mainstay::dbt
