// Logs and metrics. A log line is one JSON object when nobody watches, one readable line on a terminal.
#pragma once
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay::log {

struct Field {
    std::string_view name;
    std::string value;
};

enum class Format { readable, json };

// Once, at the start; before it lines go to standard error as readable text.
void set_format(Format);
Format format_for_terminal();  // readable when standard error is a terminal, else json

// Control characters are escaped, so that no text can make a second line (ASVS 16.4.1).
void info(std::string_view text, std::initializer_list<Field> fields = {});
void warning(std::string_view text, std::initializer_list<Field> fields = {});
void error(std::string_view text, std::initializer_list<Field> fields = {});

}  // namespace mainstay::log

namespace mainstay::telemetry {

struct Label {
    std::string name;
    std::string value;
};

// How often values fell between two bounds; the last count is of those past every bound.
struct Distribution {
    std::vector<double> bounds;
    std::vector<std::uint64_t> counts;
    double sum = 0;
};

struct Sample {
    std::string name;  // "mainstay_requests_total"
    std::string help;
    enum class Type { counter, gauge, histogram } type = Type::counter;
    double value = 0;
    std::vector<Label> labels{};
    Distribution distribution{};  // of a histogram, which has no value
};

// What /metrics says: counters are read where they are kept, when somebody asks.
class Metrics {
public:
    Metrics();
    ~Metrics();
    void add(std::function<std::vector<Sample>()> source);  // asked on the thread that wants the text, and may wait
    void observe_request(std::string_view endpoint, int status, double seconds);
    std::string text() const;  // Prometheus exposition format 0.0.4

private:
    struct State;
    std::unique_ptr<State> state_;
};

// Of this process, from /proc.
double resident_bytes();

}  // namespace mainstay::telemetry
