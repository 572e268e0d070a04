// Words that a transaction has for others in the same process. Listeners hear of what was committed, and are only
// hurried by it: what must not be missed is read from tables. Reactions take part in the transaction itself, so that
// modules which may not include one another still act together or not at all.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <shared_mutex>
#include <typeindex>
#include <utility>
#include <vector>

namespace mainstay {

class Transaction;

class Signals {
public:
    // Ends the listening when it goes; no call is under way once it has gone. Not to be let go within a listener.
    class Listening {
    public:
        Listening() = default;
        Listening(Listening&& other) noexcept
            : signals_(std::exchange(other.signals_, nullptr)), number_(other.number_) {}
        Listening& operator=(Listening&& other) noexcept {
            stop();
            signals_ = std::exchange(other.signals_, nullptr);
            number_ = other.number_;
            return *this;
        }
        ~Listening() { stop(); }

    private:
        friend class Signals;
        Listening(Signals* signals, std::uint64_t number) : signals_(signals), number_(number) {}
        void stop() {
            if (signals_ != nullptr) std::exchange(signals_, nullptr)->forget(number_);
        }
        Signals* signals_ = nullptr;
        std::uint64_t number_ = 0;
    };

    // The listener is called on the thread that committed; it must be brief and not throw.
    template <class Word, class Listener>
    [[nodiscard]] Listening listen(Listener listener) {
        return add(typeid(Word), [listener](void const* word) { listener(*static_cast<Word const*>(word)); });
    }

    template <class Word>
    void send(Word const& word) const {
        send_erased(typeid(Word), &word);
    }

    // The reaction is called as void(Transaction&, Word const&) on the thread that runs the unit, and like the unit may
    // run more than once and may throw.
    template <class Word, class Reaction>
    [[nodiscard]] Listening react_to(Reaction reaction) {
        return add(typeid(Within<Word>), [reaction](void const* told) {
            auto const& within = *static_cast<Within<Word> const*>(told);
            reaction(within.tx, within.word);
        });
    }

    template <class Word>
    void react(Transaction& tx, Word const& word) const {
        Within<Word> const within{tx, word};
        react_erased(typeid(Within<Word>), &within);
    }

private:
    template <class Word>
    struct Within {
        Transaction& tx;
        Word const& word;
    };
    struct Entry {
        std::uint64_t number;
        std::shared_ptr<std::function<void(void const*)> const> call;
    };
    Listening add(std::type_index, std::function<void(void const*)>);
    void forget(std::uint64_t number);
    void send_erased(std::type_index, void const* word) const;
    void react_erased(std::type_index, void const* within) const;

    mutable std::shared_mutex mutex_;
    std::map<std::type_index, std::vector<Entry>> listeners_;
    std::uint64_t last_number_ = 0;
};

}  // namespace mainstay
