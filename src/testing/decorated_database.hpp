// A database that passes everything on to another: what derives from it fails where its test says so.
#pragma once
#include "testing/testing.hpp"

namespace mainstay::testing {

class DecoratedDatabase : public Database {
public:
    explicit DecoratedDatabase(Database& inner) : inner_(inner) {}

    void migrate(std::span<Migration const> migrations) override { inner_.migrate(migrations); }
    void submit(Scope const& scope, Unit unit, Done done, Isolation isolation) override {
        inner_.submit(scope, std::move(unit), std::move(done), isolation);
    }
    Engine engine() const override { return inner_.engine(); }
    StorageCounters counters() const override { return inner_.counters(); }
    void backup(std::filesystem::path const& to) override { inner_.backup(to); }
    void check() override { inner_.check(); }
    bool is_durable_path_failed() const override { return inner_.is_durable_path_failed(); }

protected:
    void read_erased(Scope const& scope, ReadLimits limits, std::function<void(Snapshot&)> reader) override {
        inner_.read(
            scope, [&](Snapshot& snapshot) { reader(snapshot); }, limits);
    }

private:
    Database& inner_;
};

}  // namespace mainstay::testing
