// A PostgreSQL server of the test's own, for what must not be done to the one that all tests share: to kill it.
#pragma once
#include "kernel/storage/postgres_connection.hpp"
#include "testing/testing.hpp"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <system_error>
#include <thread>
#include <vector>

namespace mainstay::postgres_test {

class OwnServer {
public:
    OwnServer()
        : binaries_(testing::FreshPostgres::as_superuser("SELECT setting FROM pg_config WHERE name = 'BINDIR'")[0]) {
        if (account_ != nullptr && chown(folder_.path().c_str(), account_->pw_uid, account_->pw_gid) != 0)
            throw std::system_error(errno, std::generic_category(), "chown");
        int const status = wait_for(spawn({"initdb", "-D", data(), "-U", "postgres", "--auth=trust", "--encoding=UTF8",
                                           "--locale=C.UTF-8", "--no-sync", "--no-instructions"}));
        if (status != 0) throw std::runtime_error("initdb failed");
        start();
    }
    ~OwnServer() { end(SIGQUIT); }
    OwnServer(OwnServer const&) = delete;
    OwnServer& operator=(OwnServer const&) = delete;

    // Of its superuser. Over a socket in its own folder.
    std::string url() const { return "host=" + folder_.path().string() + " user=postgres dbname=postgres"; }

    // With no standby to write for, a number that a transaction was given is written down only with its changes.
    // What was written but not synced outlives a process that is killed.
    void start() {
        for (int attempt = 1; pid_ == 0; ++attempt) {
            pid_ = spawn({"postgres", "-D", data(), "-k", folder_.path().string(), "-c", "listen_addresses=", "-c",
                          "max_connections=40", "-c", "shared_buffers=16MB", "-c", "wal_level=minimal", "-c",
                          "max_wal_senders=0", "-c", "fsync=off", "-c", "autovacuum=off"});
            while (pid_ != 0 && PQping(url().c_str()) != PQPING_OK) {
                if (waitpid(pid_, nullptr, WNOHANG) == pid_) pid_ = 0;
                std::this_thread::yield();
            }
            if (pid_ == 0 && attempt == start_limit) throw std::runtime_error("PostgreSQL does not start");
        }
    }
    // SIGINT ends it in order, SIGQUIT at once as a crash would, SIGKILL is one.
    void end(int signal) {
        kill(pid_, signal);
        wait_for(std::exchange(pid_, 0));
    }
    class Session {
    public:
        explicit Session(OwnServer const& server) : session_(connect_postgres(server.url())) {}
        int pid() const { return PQbackendPID(session_.get()); }
        std::vector<std::string> run(std::string const& sql) {
            PostgresResult const result(PQexec(session_.get(), sql.c_str()));
            auto const status = PQresultStatus(result.get());
            if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
                throw std::runtime_error(PQerrorMessage(session_.get()));
            std::vector<std::string> rows;
            for (int i = 0; i < PQntuples(result.get()); ++i) rows.emplace_back(PQgetvalue(result.get(), i, 0));
            return rows;
        }

    private:
        PostgresSession session_;
    };
    std::vector<std::string> run(std::string const& sql) const { return Session(*this).run(sql); }

    // The server may be coming back meanwhile.
    void wait_until_not(std::string const& sql, std::string const& answer) const {
        for (bool is_same = true; is_same; std::this_thread::yield()) {
            try {
                is_same = run(sql)[0] == answer;
            } catch (std::runtime_error const&) {  // it takes no sessions yet
            }
        }
    }

private:
    // The processes of one that was killed see it within moments, and keep the next one out until then.
    static constexpr int start_limit = 100;

    std::string data() const { return (folder_.path() / "data").string(); }

    // PostgreSQL refuses to run as root. What is started dies with the test.
    int spawn(std::vector<std::string> arguments) const {
        arguments[0] = binaries_ + "/" + arguments[0];
        std::vector<char*> raw;
        for (auto& argument : arguments) raw.push_back(argument.data());
        raw.push_back(nullptr);
        std::string const log = (folder_.path() / "server.log").string();
        int const pid = fork();
        if (pid < 0) throw std::system_error(errno, std::generic_category(), "fork");
        if (pid > 0) return pid;
        bool const is_ready = account_ == nullptr || (setgroups(0, nullptr) == 0 && setgid(account_->pw_gid) == 0 &&
                                                      setuid(account_->pw_uid) == 0);
        int const out = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        if (is_ready && prctl(PR_SET_PDEATHSIG, SIGQUIT) == 0 && dup2(out, STDOUT_FILENO) >= 0 &&
            dup2(out, STDERR_FILENO) >= 0)
            execv(raw[0], raw.data());
        _exit(127);
    }
    static int wait_for(int pid) {
        int status = 0;
        while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
        }
        return status;
    }

    testing::TemporaryFolder folder_;
    std::string binaries_;
    passwd const* account_ = geteuid() == 0 ? getpwnam("postgres") : nullptr;
    int pid_ = 0;
};

}  // namespace mainstay::postgres_test
