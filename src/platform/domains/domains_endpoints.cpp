// What the API says about the domains of a tenant.
#include "base/random.hpp"
#include "base/text.hpp"
#include "platform/domains/domains_store.hpp"

#include <array>

namespace mainstay::domains {
namespace {

using fields::field;
using fields::length;

struct ListDomains {
    TenantId tenant_id;
    std::int64_t limit = web::page_size_default;
    std::optional<DomainId> cursor;
};
fields::Table const& table_of(ListDomains const*) {
    static fields::Table const table{"ListDomains",
                                     {field("tenant_id", &ListDomains::tenant_id, "One's own."),
                                      web::limit_field(&ListDomains::limit), web::cursor_field(&ListDomains::cursor)}};
    return table;
}

struct AddDomain {
    TenantId tenant_id;
    std::string name;
};
fields::Table const& table_of(AddDomain const*) {
    static fields::Table const table{
        "AddDomain",
        {field("tenant_id", &AddDomain::tenant_id, "One's own."),
         field("name", &AddDomain::name, "Such as app.harbour.com; other letters as xn--….", length(3, 253))}};
    return table;
}

struct DomainById {
    TenantId tenant_id;
    DomainId domain_id;
};
fields::Table const& table_of(DomainById const*) {
    static fields::Table const table{"DomainById",
                                     {field("tenant_id", &DomainById::tenant_id, "One's own."),
                                      field("domain_id", &DomainById::domain_id, "Begins with dom_.")}};
    return table;
}

[[noreturn]] void refuse_unknown() {
    throw Fault(errors::not_found, "There is no such object.");
}

void need_own(Call const& call, TenantId tenant) {
    if (call.tenant() != tenant) refuse_unknown();
}

Domain domain_or_404(Snapshot& snapshot, DomainId id) {
    auto domain = find_domain(snapshot, id);
    if (!domain) refuse_unknown();
    return std::move(*domain);
}

std::string new_token() {
    std::array<unsigned char, 32> bytes;
    random_bytes(bytes);
    return to_base64url(bytes);
}

constexpr web::Endpoint list_endpoint{
    .name = "list_domains",
    .method = web::Method::get,
    .path = "/api/v1/tenants/{tenant_id}/domains",
    .summary = "List the tenant's domains, verified or not, with the TXT record that each has to have",
    .permission = "tenants.read",
};

web::Page<Domain> list(Call const& call, Snapshot& snapshot, ListDomains input) {
    need_own(call, input.tenant_id);
    return web::page_of(list_domains(snapshot, input.cursor, input.limit + 1), input.limit);
}

constexpr web::Endpoint add_endpoint{
    .name = "add_domain",
    .method = web::Method::post,
    .path = "/api/v1/tenants/{tenant_id}/domains",
    .summary = "Add a domain of one's own; it counts once its TXT record was found",
    .permission = "tenants.write",
    .success = 201,
};

Domain add(std::vector<std::string> const& own, Call const& call, Transaction& tx, AddDomain const& input) {
    need_own(call, input.tenant_id);
    auto name = domain_of(input.name, own);
    if (!name)
        throw Fault(errors::invalid_input, "The input is not valid.",
                    std::vector<Problem>{{"/name", "must be a name in the public DNS, and none of this installation"}});
    if (has_domain(tx, *name)) throw Fault(errors::conflict, "The tenant has this domain in its list already.");
    if (count_domains(tx) >= domains_max)
        throw Fault(errors::conflict, "A tenant has at most " + std::to_string(domains_max) + " domains.");
    Domain domain;
    domain.id = DomainId::make(tx.now());
    domain.name = std::move(*name);
    domain.record_value = std::string(record_begins) + new_token();
    domain.created_at = tx.now();
    insert_domain(tx, domain, call.identity.actor_id);
    return domain_or_404(tx, domain.id);
}

constexpr web::Endpoint verify_endpoint{
    .name = "verify_domain",
    .method = web::Method::post,
    .path = "/api/v1/tenants/{tenant_id}/domains/{domain_id}/verify",
    .summary = "Have the domain's TXT record looked for now; the list says what came of it",
    .permission = "tenants.write",
    .success = 202,
    .body = web::Body::none,
};

Domain verify(Call const& call, Transaction& tx, DomainById input) {
    need_own(call, input.tenant_id);
    auto domain = domain_or_404(tx, input.domain_id);
    call.note_before(domain);
    flow::enqueue(tx, CheckDomain{tx.tenant(), domain.id},
                  {.queue = std::string(checks_queue), .unique_key = domain.id.to_string()});
    return domain;
}

constexpr web::Endpoint remove_endpoint{
    .name = "remove_domain",
    .method = web::Method::delete_,
    .path = "/api/v1/tenants/{tenant_id}/domains/{domain_id}",
    .summary = "Remove a domain; within a second this server answers for it no longer",
    .permission = "tenants.write",
    .success = 204,
};

void remove(Call const& call, Transaction& tx, DomainById input) {
    need_own(call, input.tenant_id);
    auto const domain = domain_or_404(tx, input.domain_id);
    call.note_before(domain);
    if (domain.state == DomainState::verified) let_go(tx, domain);
    remove_domain(tx, domain);
}

}  // namespace

fields::Table const& table_of(Domain const*) {
    static fields::Table const table{
        "Domain",
        {field("id", &Domain::id, "Begins with dom_."), field("name", &Domain::name, "In small letters."),
         field("state", &Domain::state, "Whether it is known to be the tenant's."),
         field("record_name", &Domain::record_name, "Of the TXT record to set."),
         field("record_value", &Domain::record_value, "What the record has to say, alone in it."),
         field("failures", &Domain::failures,
               "Checks in a row that did not find the record; a verified domain is "
               "dropped after 7, one a day."),
         field("fault", &Domain::fault, "What the last check found wrong; empty: nothing."),
         field("created_at", &Domain::created_at, "When it was added."),
         field("checked_at", &Domain::checked_at, "When it was last looked for."),
         field("verified_at", &Domain::verified_at, "Since when it is the tenant's.")}};
    return table;
}

void add_routes(web::Routes& routes, std::vector<std::string> own) {
    routes.add(list_endpoint, list);
    routes.add(add_endpoint, [own = std::move(own)](Call const& call, Transaction& tx, AddDomain input) {
        return add(own, call, tx, input);
    });
    routes.add(verify_endpoint, verify);
    routes.add(remove_endpoint, remove);
}

}  // namespace mainstay::domains
