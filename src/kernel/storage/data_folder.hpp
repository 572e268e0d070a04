// The folder that one process owns. Guarantees that no second one opens it while this lives. Within the storage alone.
#pragma once
#include <filesystem>

namespace mainstay {

class DataFolder {
public:
    // Makes the folder, open to its owner alone, and locks it. Throws Fault(errors::data_folder_in_use) with the
    // process that has it.
    explicit DataFolder(std::filesystem::path const&);
    ~DataFolder();
    DataFolder(DataFolder const&) = delete;
    DataFolder& operator=(DataFolder const&) = delete;

    // Makes it, for its owner alone, where there is none.
    std::filesystem::path database_file() const;

private:
    std::filesystem::path path_;
    int lock_ = -1;
};

std::filesystem::path database_file_of(std::filesystem::path const& folder);

// Whether a process has the folder at this moment. Makes nothing.
bool is_data_folder_in_use(std::filesystem::path const&);

// Makes what was written to the file, or the names in the folder, outlast a power cut. Throws std::system_error.
void flush_to_disk(std::filesystem::path const&);

}  // namespace mainstay
