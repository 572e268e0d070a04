// The control socket: how the command line reaches the server that has the data folder. Mode 0600 in that folder, so
// whoever may connect may already read the data.
#pragma once
#include "base/fault.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace mainstay::app {

inline constexpr std::size_t control_message_max = 1 << 20;

struct ControlReply {
    bool done = false;
    std::string json;  // the command's result, or a problem {code, detail, errors}
};

class ControlServer {
public:
    using Answer = std::function<ControlReply(std::string const& command, std::string const& input_json)>;

    ControlServer(std::filesystem::path socket, Answer);  // listens at once
    ~ControlServer();                                     // stops and removes the socket

private:
    struct State;
    std::unique_ptr<State> state_;
};

// Throws Fault when nobody listens or the answer does not come.
ControlReply ask_control(std::filesystem::path const& socket, std::string_view command, std::string_view input_json);

// A fault as the reply's JSON, and back.
std::string fault_to_json(Fault const&);

}  // namespace mainstay::app
