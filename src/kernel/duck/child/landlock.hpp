// Landlock: the kernel opens no file for this process but those of the session's folder, whatever code runs in it.
#pragma once
#include "kernel/duck/duck.hpp"

#include <string>

namespace mainstay::duck {

int landlock_version();  // 0 where there is none

// From here on: `folder` by `access`, `spill_folder` for writing, no TCP port, no signal to another process. Binds
// this thread and those that it starts. False, with errno, when the kernel refuses.
bool landlock_folder(std::string const& folder, FolderAccess access, std::string const& spill_folder);

}  // namespace mainstay::duck
