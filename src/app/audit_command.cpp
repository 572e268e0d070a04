// Looks at the chains of the audit log.
#include "app/commands.hpp"

#include "platform/audit/audit.hpp"

namespace mainstay::app {
namespace {

using fields::field;

struct VerifyInput {
    std::optional<TenantId> tenant;
};
fields::Table const& table_of(VerifyInput const*) {
    static fields::Table const table{
        "VerifyInput", {field("tenant", &VerifyInput::tenant, "Only this one's chain; all of them without it")}};
    return table;
}

struct VerifyOutput {
    std::vector<audit::Verdict> chains;
};
fields::Table const& table_of(VerifyOutput const*) {
    static fields::Table const table{"VerifyOutput", {field("chains", &VerifyOutput::chains, "One a tenant.")}};
    return table;
}

std::vector<TenantId> tenants_of(Database& database) {
    std::vector<TenantId> all;
    std::optional<TenantId> tenant;
    while ((tenant = database.read(system_scope("command line: audit verify"),
                                   [&](Snapshot& snapshot) { return audit::next_tenant(snapshot, tenant); })))
        all.push_back(*tenant);
    return all;
}

std::string name_of(TenantId tenant) {
    return tenant == installation_tenant ? "installation" : tenant.to_string();
}

std::string show(VerifyOutput const& output) {
    std::string text;
    for (audit::Verdict const& verdict : output.chains) {
        text += name_of(verdict.tenant) + "  holds: " + std::to_string(verdict.lines) + " lines in " +
                std::to_string(verdict.seals) + " seals, " + std::to_string(verdict.unsealed) + " not sealed yet";
        if (verdict.pruned > 0) text += ", " + std::to_string(verdict.pruned) + " removed by the retention";
        if (!verdict.head.empty()) text += "\n  head " + verdict.head;
        text += '\n';
    }
    return text.empty() ? "There are no lines." : text.substr(0, text.size() - 1);
}

// The chains that hold are told with their heads even where others do not.
VerifyOutput verify(CommandContext const& context, VerifyInput const& input) {
    VerifyOutput whole;
    std::vector<Problem> broken;
    for (TenantId const tenant : input.tenant ? std::vector{*input.tenant} : tenants_of(context.database)) {
        auto verdict = audit::verify(context.database, tenant);
        if (verdict.fault.empty())
            whole.chains.push_back(std::move(verdict));
        else
            broken.push_back({'/' + name_of(tenant), verdict.fault});
    }
    if (broken.empty()) return whole;
    std::string text = "The audit log is not as it was written.";
    if (!whole.chains.empty()) text += " Chains that hold:\n" + show(whole) + "\nThose that do not:";
    throw Fault(errors::audit_chain_broken, text, std::move(broken));
}

}  // namespace

Command verify_audit_command() {
    return command_of("audit", "verify", "Check that the audit log is as it was written",
                      "mainstay audit verify --data ./data", verify, show);
}

}  // namespace mainstay::app
