// mainstay dbt convert: scripts in, a tested dbt project out, without a server.
#include "app/cli.hpp"
#include "products/migrate/migrate.hpp"

#include <cstdlib>
#include <iostream>

namespace mainstay::app {
namespace {

// A folder that is gone at the end, whatever the end is.
class ScratchFolder {
public:
    ScratchFolder() : path_((std::filesystem::temp_directory_path() / "mainstay-convert-XXXXXX").string()) {
        if (mkdtemp(path_.data()) == nullptr)
            throw Fault(errors::internal_error, "No temporary folder could be made.", path_);
    }
    ~ScratchFolder() {
        std::error_code ignored;  // in the system's temporary folder, which is cleaned
        std::filesystem::remove_all(path_, ignored);
    }
    ScratchFolder(ScratchFolder const&) = delete;
    ScratchFolder& operator=(ScratchFolder const&) = delete;
    std::string const& path() const { return path_; }

private:
    std::string path_;
};

void write_project(std::filesystem::path const& folder, std::map<std::string, std::string> const& files) {
    for (auto const& [path, text] : files) {
        std::filesystem::create_directories((folder / path).parent_path());
        write_file(folder / path, text);
    }
}

}  // namespace

int convert_dbt(ConvertInput const& input, bool as_json) {
    std::vector<catalog::ScriptFile> scripts;
    for (std::string const& file : input.inputs)
        for (auto& script : dbt::read_input(std::filesystem::path(file).filename().string(), read_file(file)))
            scripts.push_back(std::move(script));
    dbt::Options options;
    options.project_name = input.project_name;
    ScratchFolder const scratch;
    duck::DuckPool pool({.warm = 1});
    auto session = pool.lease("command line", scratch.path());
    auto const conversion = dbt::convert(scripts, options, session, [&](dbt::ModelResult const& model) {
        if (!as_json) std::cout << "  " << fields::name_of(model.status) << "  " << model.name << '\n';
        return true;
    });
    write_project(input.out, conversion.files);
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
