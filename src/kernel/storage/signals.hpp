// Words that a committed transaction has for listeners in the same process. They only hurry: what must not be missed is
// read from tables.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <shared_mutex>
#include <typeindex>
#include <utility>
#include <vector>

namespace mainstay {

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

private:
    struct Entry {
        std::uint64_t number;
        std::function<void(void const*)> call;
    };
    Listening add(std::type_index, std::function<void(void const*)>);
    void forget(std::uint64_t number);
    void send_erased(std::type_index, void const* word) const;

    mutable std::shared_mutex mutex_;
    std::map<std::type_index, std::vector<Entry>> listeners_;
    std::uint64_t last_number_ = 0;
};

}  // namespace mainstay
