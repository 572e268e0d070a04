// Errands: the module that bench/http.py measures. To create one is a row, an event and a job that does nothing, in the
// shape of every module, so that what it takes is what the kernel and the platform take. It is in no product.
#pragma once
#include "kernel/flow/flow.hpp"
#include "kernel/web/web.hpp"

#include <span>
#include <string>

namespace mainstay::errands {

using ErrandId = Id<"ern">;

struct Errand {
    ErrandId id;
    std::string subject;
    Instant created_at;
};
fields::Table const& table_of(Errand const*);

void insert_errand(Transaction&, Errand const&);

void add_routes(web::Routes&);
flow::JobKind run_errand_kind();
std::span<Migration const> migrations();

}  // namespace mainstay::errands
