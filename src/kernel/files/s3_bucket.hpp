// The calls of S3 that files need, on one bucket. What fails is a Fault: errors::not_found, errors::file_too_large,
// errors::busy for what may go well later, errors::internal_error with S3's code for the rest.
#pragma once
#include "kernel/files/s3_files.hpp"
#include "kernel/files/s3_signature.hpp"

#include <functional>

namespace mainstay::files {

class S3Bucket {
public:
    S3Bucket(net::Transport&, S3Options, Clock&);

    // Whole or not at all. Above S3Options::part_bytes in parts; what was begun is given up when a part fails.
    void put(std::string const& key, net::BodySource const&);
    std::string get(std::string const& key, std::uint64_t at_most);
    // Gives the body piece by piece on the calling thread.
    void get(std::string const& key, std::function<void(std::string_view)> const& piece);
    bool exists(std::string const& key);
    void remove(std::string const& key);
    // Keys behind `after`, in their order, until `seen` says false.
    void list(std::string const& prefix, std::string const& after,
              std::function<bool(std::string const& key)> const& seen, int keys_at_once = 1'000);
    // Gives up the uploads of keys with the prefix that were begun before and never finished.
    void end_cut_uploads(std::string const& prefix, Instant before);
    std::string presigned_url(std::string const& method, std::string const& key, Duration valid) const;

private:
    struct Part {
        int number = 0;
        std::string tag;
    };

    S3Call call(std::string method, std::string const& key, S3Parameters query, std::string payload_hash) const;
    net::Request request(S3Call) const;
    net::Reply send(S3Call, std::string body = {}, net::BodySource = {});
    void put_parts(std::string const& key, net::BodySource const&);
    std::string upload_part(std::string const& key, std::string const& upload, int number, net::BodySource const&);
    void complete(std::string const& key, std::string const& upload, std::vector<Part> const&);
    void abort(std::string const& key, std::string const& upload);

    net::Transport& transport_;
    S3Options const options_;
    S3Keys const keys_;
    Clock& clock_;
    std::string scheme_, host_;  // "https://", with the bucket in virtual-host style
};

}  // namespace mainstay::files
