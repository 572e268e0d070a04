// mainstay dbt convert: scripts in, a tested dbt project out, without a server.
#include "app/cli.hpp"
#include "app/project_folder.hpp"
#include "products/migrate/migrate.hpp"

#include <iostream>

namespace mainstay::app {
int convert_dbt(ConvertInput const& input, bool as_json) {
    require_place(input.out, input.project_name);  // before the work, not only behind it
    std::vector<catalog::ScriptFile> scripts;
    for (std::string const& file : input.inputs)
        for (auto& script : dbt::read_input(std::filesystem::path(file).filename().string(), read_file(file)))
            scripts.push_back(std::move(script));
    dbt::Options options;
    options.project_name = input.project_name;
    ScratchFolder const scratch(std::filesystem::temp_directory_path());
    duck::DuckPool pool({.warm = 1});
    auto session = pool.lease("command line", scratch.path());
    auto const conversion = dbt::convert(scripts, options, session, [&](dbt::ModelResult const& model) {
        if (!as_json) std::cout << "  " << fields::name_of(model.status) << "  " << model.name << '\n';
        return true;
    });
    write_project(input.out, input.project_name, conversion.files);
    if (!input.report_file.empty()) write_file(input.report_file, conversion.files.at("migration_report.json"));
    auto const& evaluation = conversion.evaluation;
    if (as_json)
        std::cout << fields::to_json(evaluation) << '\n';
    else
        std::cout << evaluation.completed_models << " of " << evaluation.total_models
                  << " models ran and passed their tests (" << evaluation.tests_passed << " of "
                  << evaluation.tests_total << " tests); the project is in " << input.out << '\n';
    return evaluation.failed_models == 0 ? exit_done : exit_failed;
}

}  // namespace mainstay::app
