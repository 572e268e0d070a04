#include "kernel/storage/postgres_connection.hpp"

#include "kernel/storage/storage.hpp"

#include <poll.h>

#include <array>
#include <optional>

namespace mainstay {
namespace {

// Past it the session is replaced; a program has fewer statements than this by far.
constexpr std::size_t statement_limit = 1024;

constexpr int oldest_server = 150000;

std::string error_of(PGconn* session) {
    std::string text = PQerrorMessage(session);
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
    return text;
}

std::string_view field_of(PGresult const* result, int field) {
    char const* text = PQresultErrorField(result, field);
    return text == nullptr ? std::string_view() : text;
}

}  // namespace

PostgresSession connect_postgres(std::string const& url) {
    // Before dbname: what the URL may say otherwise. After it: what it may not.
    static constexpr std::array keywords{"fallback_application_name",
                                         "connect_timeout",
                                         "keepalives_idle",
                                         "tcp_user_timeout",
                                         "dbname",
                                         "client_encoding",
                                         static_cast<char const*>(nullptr)};
    std::array<char const*, keywords.size()> const values{"mainstay", "3", "30", "15000", url.c_str(), "UTF8", nullptr};
    PostgresSession session(PQconnectdbParams(keywords.data(), values.data(), 1));
    if (session == nullptr) throw std::bad_alloc();
    if (PQstatus(session.get()) != CONNECTION_OK)
        throw PostgresError(std::string(refused_connection_state), error_of(session.get()));
    char const* const encoding = PQparameterStatus(session.get(), "server_encoding");
    if (PQserverVersion(session.get()) < oldest_server || encoding == nullptr || std::string_view(encoding) != "UTF8")
        throw Fault(errors::schema_refused, "PostgreSQL must be version 15 or later, the database's encoding UTF8.");
    PQsetNoticeProcessor(
        session.get(), [](void*, char const*) {}, nullptr);
    return session;
}

PostgresConnection::PostgresConnection(std::string const& url, bool prepare)
    : session_(connect_postgres(url)), prepare_(prepare) {
    if (PQsetnonblocking(raw(), 1) != 0 || PQenterPipelineMode(raw()) != 1) lose(lost_connection_state);
}

void PostgresConnection::queue(std::string_view sql, PostgresParameters const& parameters) {
    std::string const text(sql);
    if (!prepare_) {
        check_sent(PQsendQueryParams(raw(), text.c_str(), parameters.count(), parameters.types(), parameters.values(),
                                     parameters.lengths(), parameters.formats(), 0));
    } else {
        std::string const& name = prepared_name(text, parameters);
        check_sent(PQsendQueryPrepared(raw(), name.c_str(), parameters.count(), parameters.values(),
                                       parameters.lengths(), parameters.formats(), 0));
    }
    expected_.push_back({Reply::command, {}});
}

std::vector<PostgresResult> PostgresConnection::round_trip(Deadline deadline) {
    send_sync();
    std::vector<PostgresResult> results;
    std::optional<PostgresError> failed;
    while (!expected_.empty()) {
        Expected const expected = std::move(expected_.front());
        PostgresResult result = next(deadline);
        expected_.pop_front();
        auto const status = PQresultStatus(result.get());
        if (expected.reply == Reply::sync) continue;
        if (status == PGRES_FATAL_ERROR || status == PGRES_PIPELINE_ABORTED || status == PGRES_BAD_RESPONSE) {
            if (expected.reply == Reply::prepared) statements_.erase(expected.key);
            if (status != PGRES_PIPELINE_ABORTED && expected.awaited && !failed) failed = error_in(result.get());
        } else if (expected.awaited && expected.reply == Reply::command) {
            results.push_back(std::move(result));
        }
        if (next(deadline) != nullptr) lose(lost_connection_state);  // each command gives one result, then none
    }
    if (failed) throw *failed;
    return results;
}

void PostgresConnection::post() {
    send_sync();
    for (auto& expected : expected_) expected.awaited = false;
}

bool PostgresConnection::is_usable() {
    // Between units the server has nothing to say but the replies to what was posted, or that it ends the session.
    pollfd socket{PQsocket(raw()), POLLIN, 0};
    while (!broken_ && poll(&socket, 1, 0) > 0)
        if (PQconsumeInput(raw()) == 0) broken_ = true;
    return !broken_ && PQstatus(raw()) == CONNECTION_OK && statements_.size() < statement_limit;
}

std::string const& PostgresConnection::prepared_name(std::string const& sql, PostgresParameters const& parameters) {
    std::string key = parameters.signature();
    key += ' ';
    key += sql;
    auto const known = statements_.find(key);
    if (known != statements_.end()) return known->second;
    auto const added = statements_.emplace(key, "mainstay_" + std::to_string(++names_given_)).first;
    check_sent(PQsendPrepare(raw(), added->second.c_str(), sql.c_str(), parameters.count(), parameters.types()));
    expected_.push_back({Reply::prepared, std::move(key)});
    return added->second;
}

void PostgresConnection::send_sync() {
    check_sent(PQpipelineSync(raw()));
    expected_.push_back({Reply::sync, {}});
    if (PQflush(raw()) < 0) lose(lost_connection_state);
}

PostgresResult PostgresConnection::next(Deadline deadline) {
    wait(deadline);
    PostgresResult result(PQgetResult(raw()));
    if (PQstatus(raw()) != CONNECTION_OK && (result == nullptr || field_of(result.get(), PG_DIAG_SQLSTATE).empty()))
        lose(lost_connection_state);
    return result;
}

void PostgresConnection::wait(Deadline deadline) {
    while (true) {
        int const unsent = PQflush(raw());
        if (unsent < 0) lose(lost_connection_state);
        if (unsent == 0 && !PQisBusy(raw())) return;
        auto const left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
        if (left.count() <= 0) lose(canceled_state);
        pollfd socket{PQsocket(raw()), static_cast<short>(unsent > 0 ? POLLIN | POLLOUT : POLLIN), 0};
        int const ready = poll(&socket, 1, static_cast<int>(std::min<std::int64_t>(left.count(), 60'000)));
        if (ready > 0 && (socket.revents & ~POLLOUT) != 0 && PQconsumeInput(raw()) == 0) lose(lost_connection_state);
    }
}

PostgresError PostgresConnection::error_in(PGresult const* result) {
    PostgresError error(std::string(field_of(result, PG_DIAG_SQLSTATE)),
                        std::string(field_of(result, PG_DIAG_MESSAGE_PRIMARY)) + " " +
                            std::string(field_of(result, PG_DIAG_MESSAGE_DETAIL)));
    // 25P03: the server ended the session because the unit idled in its transaction.
    if (error.failure() == PostgresFailure::connection_lost || error.failure() == PostgresFailure::stale_statement ||
        error.sqlstate() == "25P03")
        broken_ = true;
    return error;
}

void PostgresConnection::lose(std::string_view state) {
    broken_ = true;
    throw PostgresError(std::string(state), state == canceled_state ? "no reply in time" : error_of(raw()));
}

void PostgresConnection::check_sent(int accepted) {
    if (accepted != 1) lose(lost_connection_state);
}

}  // namespace mainstay
