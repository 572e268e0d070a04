#include "app/control_socket.hpp"

#include "kernel/fields/fields.hpp"
#include "kernel/telemetry/telemetry.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <thread>

namespace mainstay::app {
namespace {

constexpr int listen_backlog = 16;
constexpr timeval patience{30, 0};
// Commands are carried out one after the other, and a backup of a large database takes its time. A server that ends
// meanwhile is noticed at once.
constexpr timeval answer_patience{6 * 3600, 0};

class Socket {
public:
    explicit Socket(int fd) : fd_(fd) {}
    ~Socket() {
        if (fd_ >= 0) close(fd_);
    }
    Socket(Socket&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Socket& operator=(Socket&&) = delete;
    int fd() const { return fd_; }

private:
    int fd_;
};

sockaddr_un address_of(std::filesystem::path const& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::string const text = path.string();
    if (text.size() >= sizeof address.sun_path)
        throw Fault(errors::internal_error,
                    "The data folder's path is too long for a control socket (" + text + "); choose a shorter one.");
    std::memcpy(address.sun_path, text.c_str(), text.size() + 1);
    return address;
}

Socket new_socket() {
    Socket made(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (made.fd() < 0) throw Fault(errors::internal_error, "No socket could be made.", std::strerror(errno));
    setsockopt(made.fd(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(made.fd(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    return made;
}

bool send_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        ssize_t const sent = send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

// One line, without its end.
std::optional<std::string> receive_line(int fd) {
    std::string line;
    std::array<char, 4096> room{};
    while (line.size() <= control_message_max) {
        ssize_t const got = recv(fd, room.data(), room.size(), 0);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return std::nullopt;
        line.append(room.data(), static_cast<std::size_t>(got));
        if (line.back() == '\n') {
            line.pop_back();
            return line;
        }
    }
    return std::nullopt;
}

struct Message {
    std::string command;
    JsonText input;
};
fields::Table const& table_of(Message const*) {
    static fields::Table const table{
        "Message", {fields::field("command", &Message::command, ""), fields::field("input", &Message::input, "")}};
    return table;
}

struct Answered {
    bool done = false;
    JsonText result;
};
fields::Table const& table_of(Answered const*) {
    static fields::Table const table{
        "Answered", {fields::field("done", &Answered::done, ""), fields::field("result", &Answered::result, "")}};
    return table;
}

}  // namespace

struct ControlServer::State {
    State(std::filesystem::path path, Answer function)
        : socket_path(std::move(path)), answer(std::move(function)), listener(new_socket()) {}

    std::filesystem::path socket_path;
    Answer answer;
    Socket listener;
    std::array<int, 2> stop{-1, -1};  // a pipe: written to end the thread
    std::thread thread;

    void serve_one(int fd) const {
        auto const line = receive_line(fd);
        if (!line) return;
        ControlReply reply;
        try {
            auto const message = fields::from_json<Message>(*line);
            reply = answer(message.command, message.input.text);
        } catch (Fault const& fault) {
            reply = {false, fault_to_json(fault)};
        }
        send_all(fd, fields::to_json(Answered{reply.done, {reply.json}}) + '\n');
    }

    void serve() const {
        std::array<pollfd, 2> waits{pollfd{listener.fd(), POLLIN, 0}, pollfd{stop[0], POLLIN, 0}};
        for (;;) {
            if (poll(waits.data(), waits.size(), -1) < 0 && errno != EINTR) return;
            if (waits[1].revents != 0) return;
            if (waits[0].revents == 0) continue;
            Socket const client(accept4(listener.fd(), nullptr, nullptr, SOCK_CLOEXEC));
            if (client.fd() < 0) continue;
            setsockopt(client.fd(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
            serve_one(client.fd());
        }
    }
};

ControlServer::ControlServer(std::filesystem::path socket, Answer answer)
    : state_(std::make_unique<State>(std::move(socket), std::move(answer))) {
    unlink(state_->socket_path.c_str());  // of a process that was killed; the folder's lock says that it is ours now
    sockaddr_un const address = address_of(state_->socket_path);
    mode_t const before = umask(0177);
    int const bound = bind(state_->listener.fd(), reinterpret_cast<sockaddr const*>(&address), sizeof address);
    umask(before);
    if (bound != 0 || listen(state_->listener.fd(), listen_backlog) != 0 || pipe(state_->stop.data()) != 0)
        throw Fault(errors::internal_error, "The control socket could not be opened.",
                    state_->socket_path.string() + ": " + std::strerror(errno));
    state_->thread = std::thread([this] { state_->serve(); });
}

ControlServer::~ControlServer() {
    if (state_->thread.joinable()) {
        if (write(state_->stop[1], "x", 1) == 1) state_->thread.join();
    }
    unlink(state_->socket_path.c_str());
    close(state_->stop[0]);
    close(state_->stop[1]);
}

ControlReply ask_control(std::filesystem::path const& socket, std::string_view command, std::string_view input_json) {
    sockaddr_un const address = address_of(socket);
    Socket const client = new_socket();
    if (connect(client.fd(), reinterpret_cast<sockaddr const*>(&address), sizeof address) != 0)
        throw Fault(errors::internal_error,
                    "Another process has the data folder, but it does not answer on " + socket.string() + ".",
                    std::strerror(errno));
    setsockopt(client.fd(), SOL_SOCKET, SO_RCVTIMEO, &answer_patience, sizeof answer_patience);
    Message const message{std::string(command), {std::string(input_json)}};
    std::optional<std::string> line;
    if (send_all(client.fd(), fields::to_json(message) + '\n')) line = receive_line(client.fd());
    if (!line) throw Fault(errors::internal_error, "The server did not answer on " + socket.string() + ".");
    auto answered = fields::from_json<Answered>(*line);
    return {answered.done, std::move(answered.result.text)};
}

std::string fault_to_json(Fault const& fault) {
    std::string out = "{\"code\":";
    json::write_string(fault.code().name, out);
    out += ",\"detail\":";
    json::write_string(fault.public_text(), out);
    out += ",\"errors\":[";
    for (Problem const& problem : fault.problems()) {
        if (out.back() != '[') out += ',';
        out += "{\"pointer\":";
        json::write_string(problem.pointer, out);
        out += ",\"message\":";
        json::write_string(problem.message, out);
        out += '}';
    }
    return out + "]}";
}

}  // namespace mainstay::app
