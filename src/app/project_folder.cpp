// All is written beside the folder first; then each entry at the top is moved, and moved back when one cannot be.
#include "app/project_folder.hpp"

#include "app/cli.hpp"

#include <cstdlib>
#include <set>
#include <vector>

namespace mainstay::app {
namespace {

using std::filesystem::path;

// Whole, and without the slash that may end it.
path place_of(path const& folder) {
    auto const whole = std::filesystem::weakly_canonical(std::filesystem::absolute(folder));
    return whole.has_filename() ? whole : whole.parent_path();
}

bool is_ours(path const& folder, std::string const& project_name) {
    if (!std::filesystem::is_regular_file(folder / "dbt_project.yml") ||
        !std::filesystem::is_regular_file(folder / "migration_report.json"))
        return false;
    return ('\n' + read_file(folder / "dbt_project.yml")).find("\nname: " + project_name + '\n') != std::string::npos;
}

std::set<std::string> entries_of(std::map<std::string, std::string> const& files) {
    std::set<std::string> entries{"models", "tests"};
    for (auto const& [file, text] : files) entries.insert(path(file).begin()->string());
    return entries;
}

void write_files(path const& folder, std::map<std::string, std::string> const& files) {
    for (auto const& [file, text] : files) {
        std::filesystem::create_directories((folder / file).parent_path());
        write_file(folder / file, text);
    }
}

struct Move {
    path from, to;
};

// Puts the entries of `made` in the place of those in `folder`, which go to `old`.
void exchange(path const& folder, path const& made, path const& old, std::set<std::string> const& entries,
              ScratchFolder& scratch) {
    std::vector<Move> done;
    auto const move = [&](path const& from, path const& to) {
        if (!std::filesystem::exists(std::filesystem::symlink_status(from))) return;
        std::filesystem::rename(from, to);
        done.push_back({from, to});
    };
    try {
        for (auto const& entry : entries) {
            move(folder / entry, old / entry);
            move(made / entry, folder / entry);
        }
    } catch (std::filesystem::filesystem_error const&) {
        std::error_code failed;
        for (; !done.empty(); done.pop_back()) {
            std::error_code error;
            std::filesystem::rename(done.back().to, done.back().from, error);
            if (error) failed = error;
        }
        if (!failed) throw;
        scratch.keep();
        throw Fault(errors::internal_error, "The project in " + folder.string() +
                                                " was replaced in part; what was there before is in " + old.string() +
                                                '.');
    }
}

}  // namespace

ScratchFolder::ScratchFolder(std::filesystem::path const& parent)
    : path_((parent / ".mainstay-convert-XXXXXX").string()) {
    if (mkdtemp(path_.data()) == nullptr)
        throw Fault(errors::internal_error, "No temporary folder could be made in " + parent.string() + '.', path_);
}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored;  // what is left is of no use to anyone
    if (!is_kept_) std::filesystem::remove_all(path_, ignored);
}

void require_place(path const& folder, std::string const& project_name) {
    try {
        auto const place = place_of(folder);
        if (!std::filesystem::exists(std::filesystem::symlink_status(place))) return;
        if (!std::filesystem::is_directory(place))
            throw Fault(errors::conflict,
                        "The project cannot be written to " + folder.string() + ", which is not a folder.");
        if (std::filesystem::is_empty(place) || is_ours(place, project_name)) return;
    } catch (std::filesystem::filesystem_error const& failure) {
        throw Fault(errors::conflict,
                    "The folder " + folder.string() + " cannot be used: " + failure.code().message() + '.');
    }
    throw Fault(errors::conflict, "The folder " + folder.string() + " holds something other than a project called " +
                                      project_name +
                                      " that was made here; name a folder that is empty or not there yet.");
}

void write_project(path const& folder, std::string const& project_name,
                   std::map<std::string, std::string> const& files) {
    require_place(folder, project_name);
    try {
        auto const place = place_of(folder);
        std::filesystem::create_directories(place.parent_path());
        ScratchFolder scratch(place.parent_path());
        auto const made = path(scratch.path()) / "new", old = path(scratch.path()) / "old";
        std::filesystem::create_directory(made);
        std::filesystem::create_directory(old);
        try {
            write_files(made, files);
        } catch (Fault const& fault) {  // it names a file that will be gone
            throw Fault(errors::internal_error, "The project cannot be written to " + folder.string() + '.',
                        fault.public_text());
        }
        if (std::filesystem::exists(place))
            exchange(place, made, old, entries_of(files), scratch);
        else
            std::filesystem::rename(made, place);
    } catch (std::filesystem::filesystem_error const& failure) {
        throw Fault(errors::internal_error,
                    "The project cannot be written to " + folder.string() + ": " + failure.code().message() + '.');
    }
}

}  // namespace mainstay::app
