// Randomness fit for secrets, behind a seam so that a test can replay a run from a seed.
#pragma once
#include <cstdint>
#include <span>

namespace mainstay {

// Fills with bytes of the kernel's generator (getrandom), buffered per thread.
void random_bytes(std::span<unsigned char>);
std::uint64_t random_u64();

// While it lives, every thread's randomness comes from one deterministic sequence. For tests alone.
class SeededRandomness {
public:
    explicit SeededRandomness(std::uint64_t seed);
    ~SeededRandomness();
    SeededRandomness(SeededRandomness const&) = delete;
    SeededRandomness& operator=(SeededRandomness const&) = delete;
};

}  // namespace mainstay
