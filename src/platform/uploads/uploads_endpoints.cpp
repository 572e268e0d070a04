// What the API says about uploads.
#include "kernel/web/web.hpp"
#include "platform/uploads/uploads_store.hpp"

namespace mainstay::uploads {
namespace {

using fields::field;

constexpr web::Endpoint create_endpoint{
    .name = "create_upload",
    .method = web::Method::post,
    .path = "/api/v1/uploads",
    .summary = "Send a file ahead, as multipart/form-data with one file",
    .permission = "uploads.write",
    .success = 201,
    .body = web::Body::multipart,
    .body_limit = upload_bytes_max,
    .deadline = minutes(15),
    .impersonators = web::Impersonators::admitted,
};

Upload keep(files::Files& files, Call const& call, web::Nothing) {
    if (call.files.size() != 1) throw Fault(errors::bad_request, "Send exactly one file.");
    UploadedFile const& file = call.files.front();
    Upload upload{{}, file.file_name, file.content_type, static_cast<std::int64_t>(file.size), call.now};
    upload.id = files.put_file(call.tenant(), file.path, call.now);
    return upload;
}

Upload create(Call const& call, Transaction& tx, Upload upload) {
    insert_upload(tx, upload, call.identity.actor_id);
    files::keep(tx, upload.id, upload.id.to_string());
    return upload;
}

}  // namespace

fields::Table const& table_of(Upload const*) {
    static fields::Table const table{
        "Upload",
        {field("id", &Upload::id, "Begins with fil_; other requests name it as upload_id."),
         field("file_name", &Upload::file_name, "As the sender calls it."),
         field("content_type", &Upload::content_type, "As the sender declared it."),
         field("size", &Upload::size, "Bytes."), field("created_at", &Upload::created_at, "When it came.")}};
    return table;
}

void add_routes(web::Routes& routes, files::Files& files) {
    routes.add(
        create_endpoint,
        [&files](Call const& call, Database&, web::Nothing nothing) { return keep(files, call, nothing); }, create);
}

}  // namespace mainstay::uploads
