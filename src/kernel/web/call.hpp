// One request as a handler sees it: who asks, for which tenant, with what rights.
#pragma once
#include "base/id.hpp"
#include "base/time.hpp"
#include "kernel/fields/fields.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay {

using RequestId = Id<"req">;

// What may be done: a closed list of names such as "tickets.write", sorted. Shared by all requests of a credential.
class Permissions {
public:
    Permissions() = default;
    explicit Permissions(std::vector<std::string> names);
    bool allow(std::string_view permission) const;
    std::vector<std::string> const& names() const { return names_; }

private:
    std::vector<std::string> names_;
};

// A limit that stands against the requests of a credential, or of all those that share its key.
struct RequestLimit {
    std::string key;
    std::string name;  // said in the refusal
    std::int64_t count = 0;
    Duration period{};
};

// What a credential proved. Nothing of it comes from the request's content.
struct Identity {
    enum class Kind { anonymous, key, session, system };

    Kind kind = Kind::anonymous;
    TenantId tenant;            // unset for those who belong to none
    std::string credential_id;  // key_… or ses_…: limits and idempotency keys are scoped to it
    std::string actor_id;       // usr_… or key_…: who the audit names
    std::shared_ptr<Permissions const> permissions;
    std::shared_ptr<std::vector<RequestLimit> const> limits = nullptr;  // null: none
    std::optional<Instant> valid_until = std::nullopt;                  // of the credential; none: until it is revoked
    std::string impersonator_id = {};  // usr_… of the operator who acts as the actor; empty: it is the actor

    bool may(std::string_view permission) const { return permissions && permissions->allow(permission); }
};

// A file of a multipart body, spooled to disk. It is removed after the reply unless it was moved away.
struct UploadedFile {
    std::string field;
    std::string file_name;     // as the sender calls it: for showing only, never a path
    std::string content_type;  // as declared
    std::filesystem::path path;
    std::uint64_t size = 0;
};

class Call {
public:
    RequestId request_id;
    Identity identity;
    Instant now;
    std::string remote_address;
    bool is_local = false;  // RequestHead::is_local
    std::string user_agent;
    std::string idempotency_key;  // empty: none
    std::string last_event_id;    // of a browser that takes up a stream of events again
    std::vector<UploadedFile> files;

    TenantId tenant() const { return identity.tenant; }

    // What an object was before the handler changes or removes it: told to the audit, without its secrets.
    template <class T>
    void note_before(T const& object) const {
        before = fields::to_masked_json(object);
    }
    mutable std::string before;  // the last that was noted in this run of the handler; empty: nothing

    // What the audit shows as the outcome in place of the reply, where that says more than a line should hold.
    template <class T>
    void note_after(T const& outcome) const {
        after = fields::to_masked_json(outcome);
    }
    mutable std::string after;
};

}  // namespace mainstay
