// What the API says about an input before a migration of it is started. Nothing is kept.
#include "products/migrate/migrate_routes.hpp"
#include "products/migrate/migrate_sources.hpp"

#include <fstream>

namespace mainstay::migrate {
namespace {

// It is worked out while the caller waits; what is larger is assessed by the migration itself.
constexpr std::uint64_t assessment_bytes_max = 16u << 20;
constexpr std::uint64_t request_bytes_max = assessment_bytes_max + (1u << 20);

constexpr web::Endpoint assess_endpoint{
    .name = "assess_migration",
    .method = web::Method::post,
    .path = "/api/v1/migrations/assessment",
    .summary = "What a script, metadata, an upload or files of a form hold and what would become of it; keeps nothing",
    .permission = "migrations.write",
    .body = web::Body::multipart,
    .body_limit = request_bytes_max,
    .limits_class = "expensive",
    .deadline = minutes(1),
    .impersonators = web::Impersonators::admitted,
};

std::string bytes_of(std::filesystem::path const& path) {
    std::ifstream file(path, std::ios::binary);
    std::string bytes(std::istreambuf_iterator<char>(file), {});
    if (file.bad()) throw std::runtime_error("an upload cannot be read again: " + path.string());
    return bytes;
}

std::vector<SourceBytes> sources_of(Needs const& needs, Call const& call, Database& database, SourceInput input) {
    check_sources(call, input);
    std::vector<SourceBytes> sources;
    if (input.script) sources.push_back({"script.sql", std::move(*input.script)});
    if (input.metadata) sources.push_back({"metadata.json", std::move(input.metadata->text), true});
    if (input.upload_id) {
        auto const upload = upload_of(call, database, *input.upload_id);
        if (static_cast<std::uint64_t>(upload.size) > assessment_bytes_max)
            throw Fault(errors::invalid_input, "The input is not valid.",
                        std::vector<Problem>{{"/upload_id", "must be of at most 16 MiB; a migration assesses more"}});
        sources.push_back({upload.file_name, needs.files.read(call.tenant(), upload.id, assessment_bytes_max)});
    }
    for (UploadedFile const& file : call.files) sources.push_back({file.file_name, bytes_of(file.path)});
    return sources;
}

dbt::Assessment assess(Needs const& needs, Call const& call, Database& database, SourceInput input) {
    if (!call.tenant().is_set()) throw Fault(errors::tenant_required, "This credential belongs to no tenant.");
    return dbt::assess(read_sources(sources_of(needs, call, database, std::move(input))));
}

}  // namespace

void add_assessment_routes(web::Routes& routes, Needs const& needs) {
    routes.add(assess_endpoint, [needs](Call const& call, Database& database, SourceInput input) {
        return assess(needs, call, database, std::move(input));
    });
}

}  // namespace mainstay::migrate
