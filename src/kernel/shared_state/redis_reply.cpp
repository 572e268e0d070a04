#include "kernel/shared_state/redis_reply.hpp"

#include <hiredis/hiredis.h>

#include <new>

namespace mainstay::shared_state {
namespace {

using Kind = RedisReply::Kind;
using Reason = RedisError::Reason;

constexpr std::size_t error_text_max = 200;  // of what a server says, for the log

Kind kind_of(int type) {
    switch (type) {
        case REDIS_REPLY_STATUS: return Kind::status;
        case REDIS_REPLY_ERROR: return Kind::error;
        case REDIS_REPLY_INTEGER: return Kind::integer;
        case REDIS_REPLY_ARRAY: return Kind::list;
        case REDIS_REPLY_STRING: return Kind::text;
        default: return Kind::nil;
    }
}

// Where the reader wants the reply: in its list, whose room was taken at once, or on its own. Null ends the reading.
void* put(redisReadTask const* task, RedisReply reply) {
    if (task->parent == nullptr) return std::make_unique<RedisReply>(std::move(reply)).release();
    auto& items = static_cast<RedisReply*>(task->parent->obj)->items;
    if (items.size() == items.capacity()) return nullptr;
    return &items.emplace_back(std::move(reply));
}

// An exception may not pass through the reader, which is C.
template <class Make>
void* guarded(Make const& make) {
    try {
        return make();
    } catch (std::bad_alloc const&) {
        return nullptr;
    }
}

void* create_string(redisReadTask const* task, char* text, std::size_t size) {
    return guarded([&] { return put(task, {kind_of(task->type), 0, std::string(text, size)}); });
}
void* create_array(redisReadTask const* task, int size) {
    if (size < 0 || size > reply_items_max) return nullptr;
    return guarded([&] {
        RedisReply list{Kind::list, 0, {}};
        list.items.reserve(static_cast<std::size_t>(size));
        return put(task, std::move(list));
    });
}
void* create_integer(redisReadTask const* task, long long number) {
    return guarded([&] { return put(task, {Kind::integer, number, {}}); });
}
void* create_nil(redisReadTask const* task) {
    return guarded([&] { return put(task, {}); });
}
void free_object(void* reply) {  // given the outermost one alone
    std::unique_ptr<RedisReply>(static_cast<RedisReply*>(reply)).reset();
}

void require(RedisReply const& reply, bool is_expected) {
    if (reply.kind == Kind::error) throw RedisError(Reason::refused, reply.text.substr(0, error_text_max));
    if (!is_expected) throw RedisError(Reason::malformed, "a reply of another type than expected");
}

}  // namespace

std::int64_t RedisReply::as_integer() const {
    require(*this, kind == Kind::integer);
    return integer;
}
std::string const& RedisReply::as_text() const {
    require(*this, kind == Kind::text || kind == Kind::status);
    return text;
}
std::vector<RedisReply> const& RedisReply::as_list() const {
    require(*this, kind == Kind::list);
    return items;
}

struct RedisReader::State {
    [[noreturn]] void fail() const {
        throw RedisError(Reason::malformed, reader->err == REDIS_ERR_OOM ? "a list past the limit of its size"
                                                                         : std::string(reader->errstr));
    }

    redisReplyObjectFunctions functions{create_string, create_array, create_integer, create_nil, free_object};
    redisReader* reader = redisReaderCreateWithFunctions(&functions);
    std::size_t since_last = 0;  // bytes fed since a whole reply was given
    ~State() {
        if (reader != nullptr) redisReaderFree(reader);
    }
};

RedisReader::RedisReader() : state_(std::make_unique<State>()) {
    if (state_->reader == nullptr) throw std::bad_alloc();
}
RedisReader::~RedisReader() = default;

void RedisReader::feed(std::string_view bytes) {
    state_->since_last += bytes.size();
    if (state_->since_last > reply_bytes_max) throw RedisError(Reason::malformed, "a reply past the limit of its size");
    if (redisReaderFeed(state_->reader, bytes.data(), bytes.size()) != REDIS_OK) state_->fail();
}

std::optional<RedisReply> RedisReader::next() {
    void* found = nullptr;
    if (redisReaderGetReply(state_->reader, &found) != REDIS_OK) state_->fail();
    if (found == nullptr) return std::nullopt;
    state_->since_last = 0;
    std::unique_ptr<RedisReply> const reply(static_cast<RedisReply*>(found));
    return std::move(*reply);
}

void append_command(std::string& out, std::vector<std::string> const& arguments) {
    std::vector<char const*> texts;
    std::vector<std::size_t> sizes;
    for (auto const& argument : arguments) {
        texts.push_back(argument.data());
        sizes.push_back(argument.size());
    }
    char* made = nullptr;
    int const size = redisFormatCommandArgv(&made, static_cast<int>(arguments.size()), texts.data(), sizes.data());
    if (size < 0) throw std::bad_alloc();
    std::unique_ptr<char, void (*)(char*)> const owner(made, redisFreeCommand);
    out.append(made, static_cast<std::size_t>(size));
}

}  // namespace mainstay::shared_state
