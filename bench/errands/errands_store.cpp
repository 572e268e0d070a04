// All SQL of errands.
#include "bench/errands/errands.hpp"

namespace mainstay::errands {

void insert_errand(Transaction& tx, Errand const& errand) {
    tx.execute(R"(
        INSERT INTO errands (tenant_id, id, subject, created_at)
        VALUES (:tenant, :id, :subject, :created_at))",
               errand);
}

}  // namespace mainstay::errands
