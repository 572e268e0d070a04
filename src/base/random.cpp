#include "base/random.hpp"

#include <sys/random.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <random>
#include <system_error>

namespace mainstay {
namespace {

std::atomic<bool> seeded = false;
std::mutex seeded_mutex;
std::mt19937_64 seeded_generator;  // guarded by seeded_mutex

void fill_from_kernel(unsigned char* out, std::size_t size) {
    while (size > 0) {
        ssize_t const got = getrandom(out, size, 0);
        if (got < 0) {
            if (errno == EINTR) continue;
            throw std::system_error(errno, std::generic_category(), "getrandom");
        }
        out += got;
        size -= static_cast<std::size_t>(got);
    }
}

struct Pool {
    std::array<unsigned char, 4096> bytes;
    std::size_t used = 4096;
};

}  // namespace

void random_bytes(std::span<unsigned char> out) {
    if (out.empty()) return;
    if (seeded.load(std::memory_order_relaxed)) {
        std::lock_guard const lock(seeded_mutex);
        for (auto& byte : out) byte = static_cast<unsigned char>(seeded_generator());
        return;
    }
    thread_local Pool pool;
    if (out.size() > pool.bytes.size() / 4) return fill_from_kernel(out.data(), out.size());
    if (pool.bytes.size() - pool.used < out.size()) {
        fill_from_kernel(pool.bytes.data(), pool.bytes.size());
        pool.used = 0;
    }
    std::memcpy(out.data(), pool.bytes.data() + pool.used, out.size());
    std::memset(pool.bytes.data() + pool.used, 0, out.size());  // what was handed out is not kept
    pool.used += out.size();
}

std::uint64_t random_u64() {
    std::array<unsigned char, 8> bytes;
    random_bytes(bytes);
    std::uint64_t value = 0;
    std::memcpy(&value, bytes.data(), sizeof value);
    return value;
}

SeededRandomness::SeededRandomness(std::uint64_t seed) {
    std::lock_guard const lock(seeded_mutex);
    seeded_generator.seed(seed);
    seeded = true;
}

SeededRandomness::~SeededRandomness() {
    seeded = false;
}

}  // namespace mainstay
