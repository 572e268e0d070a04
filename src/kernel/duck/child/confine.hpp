// The walls around a child. Both functions run on its only thread, since some walls stand only for the thread that
// raises them and those it starts later.
#pragma once
#include "kernel/duck/protocol.hpp"

namespace mainstay::duck {

// What can be walled off before the tenant is known: privileges, network, system calls. Says what the machine
// refused and why. From then on the process ends with `parent`, its parent's id.
Confinement confine_process(int parent);

// What depends on the session: files and resources. `walls` is what confine_process() gave. Throws std::runtime_error
// when a wall that was there cannot be raised.
void confine_session(Confinement const& walls, Opening const&);

}  // namespace mainstay::duck
