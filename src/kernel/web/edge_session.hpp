// One connection: reads requests one after the other, has each answered, writes the replies in order. Everything
// happens on its EdgeThread but run(), send() and drop(), which come from workers and whoever holds the Reply.
#pragma once
#include "kernel/web/chunked_body.hpp"
#include "kernel/web/edge.hpp"
#include "kernel/web/edge_stream.hpp"
#include "kernel/web/edge_thread.hpp"
#include "kernel/web/head_check.hpp"
#include "kernel/web/read_buffer.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace mainstay::web {

class Session final : public ConnectionOwner,
                      public PoolTask,
                      public Reply::Sink,
                      public DeadlineWheel::Entry,
                      public std::enable_shared_from_this<Session> {
public:
    // The gate has let it in; it leaves by close().
    Session(EdgeThread&, int descriptor, PeerAddress, ConnectionGate::Pass);
    ~Session() override;

    void start();
    void begin_drain();
    void close();
    void on_deadline(Duration now);
    void on_answer();
    void on_stream(StreamBuffer const&);

    void on_read(std::size_t size) override;
    void on_writable() override;
    void run(std::uint64_t ticket) noexcept override;
    void send(Response) override;
    void drop() override;
    void hand_over(std::function<void(Reply)> rest) override;

private:
    enum class State {
        head,       // waiting for a request, or within its head
        body,       // reading its body
        flushing,   // the body has been read; the disk still writes it
        working,    // the Application has it, or it waits for a worker
        replying,   // writing the reply
        streaming,  // writing what a Stream pushes
        lingering,  // all is said; the peer is given time to read it
        closed,
    };
    enum class Answer { none, response, dropped, late };

    // edge_session.cpp: the connection's life and the heads of requests
    void advance();
    void read_more();
    std::size_t wanted_room() const;
    bool read_head();
    bool accept_head(std::string_view head);
    bool reject_head(ErrorCode const&, std::string_view detail);
    void become_idle();
    void linger();
    bool is_idle() const { return state_ == State::head && !head_started_; }

    // edge_request.cpp: bodies, and handing requests on
    void begin_body();
    bool read_body();
    bool add_to_body(std::string_view piece);
    void spool();
    void on_spooled(int error, bool last);
    void end_body();
    bool is_body_too_slow(Duration now) const;
    void dispatch();
    void hand_to(WorkerPool&, Duration deadline);
    void handle_request() noexcept;
    void tell_answered();
    void take_answer();
    bool take_back();

    // edge_reply.cpp: replies
    void refuse(ErrorCode const&, std::string_view detail);
    void reply(Response);
    void put_head(ReplyBody, std::uint64_t size);
    void open_file();
    void on_file_opened(bool);
    void read_file();
    void on_file_read(std::string bytes);
    void open_stream();
    void pump_stream();
    void end_stream() noexcept;
    bool write_out();
    void on_written();
    void finish_reply();
    void remove_spooled();
    void remove_sent();
    void remove_on_disk(std::filesystem::path);
    void begin_window(Duration now);
    void end_window();
    bool is_window_too_slow(std::uint64_t bytes_per_s) const;

    EdgeThread& thread_;
    std::shared_ptr<Mailbox> const mailbox_;
    PeerAddress const peer_;
    ConnectionGate::Pass const pass_;
    std::shared_ptr<Session> self_;  // while open: a worker or a Reply must never be the last to let go of it
    std::unique_ptr<Connection> connection_;
    ReadBuffer buffer_;
    State state_ = State::head;
    bool reading_ = false;  // a read is on its way into buffer_
    bool peer_ended_ = false;

    // The request that is being read or answered.
    std::size_t scanned_ = 0;
    bool head_started_ = false;
    HeadFacts facts_;
    Method request_method_ = Method::get;  // request_ has gone to the Application by the time of the reply
    bool keep_alive_ = true;
    Admission admission_;
    Request request_;
    ChunkedBody chunks_;
    Duration body_until_{};
    std::shared_ptr<SpoolFile> spool_file_;
    std::string spool_waiting_;
    bool spool_busy_ = false;
    bool body_unread_ = false;          // bytes may follow that nobody will read: the connection cannot go on
    std::filesystem::path spool_path_;  // to be removed after the reply

    // Between the edge and a worker. The one that swaps the ticket for 0 may go on with the request.
    std::atomic<std::uint64_t> ticket_ = 0;
    std::uint64_t last_ticket_ = 0;  // of the request in work, 0 when no pool has it
    std::uint64_t tickets_ = 0;
    bool dispatching_ = false;  // handle() runs on the loop's thread
    bool answered_inline_ = false;
    std::function<void(Reply)> rest_;  // of a request that the edge began; a worker is to run it
    Answer answer_ = Answer::none;
    Response response_;  // written by send(); read after on_answer()

    // The reply that is being written.
    std::string head_out_;
    std::string_view head_rest_;
    std::string_view body_rest_;
    bool close_after_ = false;
    bool waiting_until_writable_ = false;
    std::shared_ptr<SourceFile> source_;
    std::uint64_t source_offset_ = 0;
    std::uint64_t source_left_ = 0;
    std::shared_ptr<StreamBuffer> stream_;
    std::size_t stream_taken_ = 0;
    bool stream_opened_ = false;
    bool stream_finished_ = false;

    // Bytes that came or went since the window began, against the minimum rates.
    bool window_open_ = false;  // and the deadline is its end
    std::uint64_t window_bytes_ = 0;
    Duration idle_since_{};
};

}  // namespace mainstay::web
