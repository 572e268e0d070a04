// The folder that a dbt project is written to: it changes whole or not at all, and only what this program made there
// is ever replaced.
#pragma once
#include <filesystem>
#include <map>
#include <string>

namespace mainstay::app {

// A folder that is gone at the end, whatever the end is.
class ScratchFolder {
public:
    explicit ScratchFolder(std::filesystem::path const& parent);
    ~ScratchFolder();
    ScratchFolder(ScratchFolder const&) = delete;
    ScratchFolder& operator=(ScratchFolder const&) = delete;

    std::string const& path() const { return path_; }
    void keep() { is_kept_ = true; }

private:
    std::string path_;
    bool is_kept_ = false;
};

// Throws Fault(errors::conflict) unless the folder is missing, is empty, or holds a project of that name that was
// made here.
void require_place(std::filesystem::path const& folder, std::string const& project_name);

// Path to text, as dbt::Conversion has them. Of a project that was there models/, tests/ and the files at the top that
// are written anew are replaced; all else stays.
void write_project(std::filesystem::path const& folder, std::string const& project_name,
                   std::map<std::string, std::string> const& files);

}  // namespace mainstay::app
