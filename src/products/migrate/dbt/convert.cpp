// The six steps in one call.
#include "products/migrate/dbt/dbt.hpp"

#include <re2/re2.h>

namespace mainstay::dbt {

bool is_project_name(std::string_view name) {
    static RE2 const pattern(project_name_pattern);
    return RE2::FullMatch(name, pattern);
}

Conversion convert(std::vector<catalog::ScriptFile> const& scripts, Options const& options, duck::DuckSession& session,
                   Progress const& progress) {
    Conversion conversion;
    conversion.database = std::make_shared<catalog::Database const>(catalog::read_scripts(scripts));
    auto const& database = *conversion.database;
    conversion.assessment = assess(database);
    conversion.plan = plan(database, options);
    for (std::size_t attempt = 0;; ++attempt) {
        conversion.project = generate(database, conversion.plan, options, conversion.repairs);
        conversion.run = run(database, conversion.project, session, progress);
        if (attempt == repair_attempts_max) break;
        auto proposals = propose_repairs(database, conversion.project, conversion.run, conversion.repairs);
        if (proposals.empty()) break;
        for (auto& proposal : proposals) conversion.repairs.push_back(std::move(proposal));
    }
    conversion.evaluation = evaluate(conversion.project, conversion.assessment, conversion.run);
    conversion.files = conversion.project.files;
    conversion.files["MIGRATION_REPORT.md"] =
        report_markdown(conversion.project, conversion.assessment, conversion.run, conversion.evaluation);
    conversion.files["migration_report.json"] =
        report_json(conversion.project, conversion.assessment, conversion.run, conversion.evaluation);
    return conversion;
}

}  // namespace mainstay::dbt
