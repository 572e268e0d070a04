// Seccomp: the system calls that DuckDB needs to compute and to read and write files, and no others.
#pragma once

namespace mainstay::duck {

// From here on all others fail with EPERM: sockets, exec, fork, ptrace, mount, bpf, keys, io_uring, userfaultfd,
// memory of other processes, signals to them, executable memory. False, with errno, when the kernel refuses.
bool filter_system_calls();

}  // namespace mainstay::duck
