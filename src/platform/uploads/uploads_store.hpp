#pragma once
#include "platform/uploads/uploads.hpp"

namespace mainstay::uploads {

void insert_upload(Transaction&, Upload const&, std::string const& created_by);

}  // namespace mainstay::uploads
