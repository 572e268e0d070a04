#include "kernel/net/replay.hpp"

#include "kernel/net/recording.hpp"

#include <deque>
#include <fstream>
#include <map>
#include <mutex>
#include <stdexcept>

namespace mainstay::net {
namespace {
constexpr std::size_t piece_bytes = 16 << 10;  // at once, as curl does
}

struct Recorder::State {
    State(Transport& transport, Masks names) : inner(transport), masks(std::move(names)) {}

    Transport& inner;
    Masks const masks;
    std::mutex mutex;
    std::ofstream file;

    void write(Recording const& recording) {
        std::lock_guard const lock(mutex);
        file << to_line(recording, masks) << std::flush;
    }
};

Recorder::Recorder(Transport& inner, std::filesystem::path const& file, Masks masks)
    : state_(std::make_shared<State>(inner, std::move(masks))) {
    state_->file.open(file, std::ios::app | std::ios::binary);
    if (!state_->file) throw std::runtime_error("cannot write the recording " + file.string());
}
Recorder::~Recorder() = default;

TransferId Recorder::submit(Request request, Done done) {
    auto const recording = std::make_shared<Recording>(record(request, state_->masks));
    auto const streamed = std::make_shared<std::string>();
    if (request.sink.is_set())
        request.sink.piece = [streamed, piece = std::move(request.sink.piece)](std::string_view bytes) {
            auto const taken = piece(bytes);
            if (taken == Take::taken) streamed->append(bytes);
            return taken;
        };
    return state_->inner.submit(std::move(request),
                                [state = state_, recording, streamed, done = std::move(done)](Outcome outcome) {
                                    recording->outcome = outcome;
                                    if (auto* const reply = std::get_if<Reply>(&recording->outcome))
                                        reply->body += *streamed;
                                    state->write(*recording);
                                    done(std::move(outcome));
                                });
}

void Recorder::cancel(TransferId id) {
    state_->inner.cancel(id);
}
void Recorder::resume(TransferId id) {
    state_->inner.resume(id);
}

struct Replayer::State {
    struct Paused {
        Sink sink;
        Reply reply;
        std::string body;
        Done done;
        std::size_t given = 0;
    };
    std::filesystem::path file;
    Masks masks;
    std::mutex mutex;
    std::map<std::string, std::deque<Outcome>> answers;
    std::size_t left = 0;
    std::uint64_t next_id = 0;
    std::map<TransferId, Paused> paused;

    Outcome take(Request const& request) {
        auto const recording = record(request, masks);
        std::lock_guard const lock(mutex);
        auto& waiting = answers[recording.key()];
        if (waiting.empty())
            throw std::runtime_error(file.string() + " has no (further) answer to " + recording.method + " " +
                                     recording.url);
        Outcome outcome = std::move(waiting.front());
        waiting.pop_front();
        --left;
        return outcome;
    }

    void deliver(TransferId id, Paused one) {
        while (one.given < one.body.size()) {
            auto const piece = std::string_view(one.body).substr(one.given, piece_bytes);
            auto const taken = one.sink.piece(piece);
            if (taken == Take::stop) return one.done(Failure{FailureReason::cancelled, "the sink has enough"});
            if (taken == Take::pause) return pause(id, std::move(one));
            one.given += piece.size();
        }
        one.done(std::move(one.reply));
    }

    void pause(TransferId id, Paused one) {
        std::lock_guard const lock(mutex);
        paused.emplace(id, std::move(one));
    }

    std::optional<Paused> unpause(TransferId id) {
        std::lock_guard const lock(mutex);
        auto node = paused.extract(id);
        return node ? std::optional(std::move(node.mapped())) : std::nullopt;
    }
};

Replayer::Replayer(std::filesystem::path const& file, Masks masks) : state_(std::make_unique<State>()) {
    state_->file = file;
    state_->masks = std::move(masks);
    std::ifstream in(file, std::ios::binary);
    std::string line;
    while (std::getline(in, line)) {
        auto recording = read_line(line);
        if (!recording) throw std::runtime_error(file.string() + " is no recording");
        state_->answers[recording->key()].push_back(std::move(recording->outcome));
        ++state_->left;
    }
    if (state_->left == 0) throw std::runtime_error(file.string() + " is no recording");
}
Replayer::~Replayer() = default;

TransferId Replayer::submit(Request request, Done done) {
    auto outcome = state_->take(request);
    TransferId id{};
    {
        std::lock_guard const lock(state_->mutex);
        id = TransferId(++state_->next_id);
    }
    auto* const reply = std::get_if<Reply>(&outcome);
    if (reply == nullptr || !request.sink.is_set() || reply->status >= 300) {
        done(std::move(outcome));
        return id;
    }
    std::string body = std::move(reply->body);
    reply->body.clear();
    if (request.sink.head) request.sink.head(*reply);
    state_->deliver(id, {std::move(request.sink), std::move(*reply), std::move(body), std::move(done), 0});
    return id;
}

void Replayer::cancel(TransferId id) {
    if (auto one = state_->unpause(id)) one->done(Failure{FailureReason::cancelled, "cancelled"});
}

void Replayer::resume(TransferId id) {
    if (auto one = state_->unpause(id)) state_->deliver(id, std::move(*one));
}

std::size_t Replayer::left() const {
    std::lock_guard const lock(state_->mutex);
    return state_->left;
}

}  // namespace mainstay::net
