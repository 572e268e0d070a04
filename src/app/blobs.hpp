// Where files are: the bucket that the settings name, else the data folder.
#pragma once
#include "kernel/config/config.hpp"
#include "kernel/files/files.hpp"

#include <memory>

namespace mainstay::app {

class Blobs {
public:
    Blobs(config::Config const&, Clock&);
    files::Files& files() { return *files_; }

private:
    std::unique_ptr<net::Client> client_;  // null with the folder
    std::unique_ptr<files::Files> files_;
};

// Asks the bucket for a file that nobody has. Empty when it answers as it should, else what is wrong.
std::string check_blobs(config::Config const&, Clock&);

}  // namespace mainstay::app
