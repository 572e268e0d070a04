#include "kernel/web/multipart.hpp"

#include "base/fault.hpp"
#include "base/random.hpp"
#include "base/text.hpp"
#include "kernel/web/web_errors.hpp"

#include <fstream>
#include <optional>

namespace mainstay::web {
namespace {

constexpr std::size_t chunk_bytes = 64 * 1024;

[[noreturn]] void refuse(std::string const& why) {
    throw Fault(errors::bad_request, "The form cannot be read: " + why);
}

// The value of a parameter such as boundary or name (RFC 2045 section 5.1); quotes are taken off.
std::optional<std::string> parameter(std::string_view header, std::string_view name) {
    std::size_t at = header.find(';');
    while (at != std::string_view::npos) {
        std::string_view rest = trim(header.substr(at + 1));
        auto const equals = rest.find('=');
        if (equals == std::string_view::npos) return std::nullopt;
        bool const wanted = equals_ignoring_case(trim(rest.substr(0, equals)), name);
        rest.remove_prefix(equals + 1);
        std::string value;
        std::size_t used = 0;
        if (rest.starts_with('"')) {
            for (used = 1; used < rest.size() && rest[used] != '"'; ++used) {
                if (rest[used] == '\\' && used + 1 < rest.size()) ++used;
                value += rest[used];
            }
            ++used;
        } else {
            used = std::min(rest.find(';'), rest.size());
            value = trim(rest.substr(0, used));
        }
        if (wanted) return value;
        auto const position = static_cast<std::size_t>(rest.data() - header.data()) + std::min(used, rest.size());
        at = header.find(';', position);
    }
    return std::nullopt;
}

struct PartHead {
    std::string name;
    std::optional<std::string> file_name;
    std::string content_type = "text/plain";
};

PartHead read_head(std::string_view head) {
    PartHead part;
    bool named = false;
    while (!head.empty()) {
        auto const end = head.find("\r\n");
        auto const line = head.substr(0, end);
        head.remove_prefix(end == std::string_view::npos ? head.size() : end + 2);
        auto const colon = line.find(':');
        if (colon == std::string_view::npos) refuse("a part's header has no colon.");
        auto const name = trim(line.substr(0, colon));
        auto const value = trim(line.substr(colon + 1));
        if (equals_ignoring_case(name, "content-disposition")) {
            auto const field = parameter(value, "name");
            if (!field || !is_utf8(*field)) refuse("a part has no name.");
            part.name = *field;
            part.file_name = parameter(value, "filename");
            named = true;
        } else if (equals_ignoring_case(name, "content-type")) {
            part.content_type = value;
        }
    }
    if (!named) refuse("a part has no Content-Disposition.");
    return part;
}

// Reads the body piece by piece, up to a delimiter that may lie across pieces.
class Pieces {
public:
    explicit Pieces(std::filesystem::path const& path) : in_(path, std::ios::binary) {
        if (!in_) throw Fault(errors::internal_error, "The body could not be read.", path.string());
    }

    // Gives everything before the delimiter to `take` and moves behind it; false when the body ends first.
    template <class Take>
    bool until(std::string_view delimiter, Take take) {
        for (;;) {
            auto const found = buffer_.find(delimiter);
            if (found != std::string::npos) {
                take(std::string_view(buffer_).substr(0, found));
                buffer_.erase(0, found + delimiter.size());
                return true;
            }
            if (buffer_.size() > delimiter.size()) {
                std::size_t const safe = buffer_.size() - delimiter.size();
                take(std::string_view(buffer_).substr(0, safe));
                buffer_.erase(0, safe);
            }
            if (!fill(buffer_.size() + chunk_bytes)) return false;
        }
    }

    bool starts_with(std::string_view text) {
        while (buffer_.size() < text.size() && fill(text.size())) {
        }
        return buffer_.starts_with(text);
    }
    void skip(std::size_t count) { buffer_.erase(0, count); }

private:
    bool fill(std::size_t wanted) {
        std::size_t const before = buffer_.size();
        buffer_.resize(wanted);
        in_.read(buffer_.data() + before, static_cast<std::streamsize>(wanted - before));
        buffer_.resize(before + static_cast<std::size_t>(in_.gcount()));
        return buffer_.size() > before;
    }

    std::ifstream in_;
    std::string buffer_;
};

class Files {  // removes what was written unless the form came through whole
public:
    ~Files() {
        for (auto const& file : list) std::filesystem::remove(file.path);
    }
    std::vector<UploadedFile> list;
};

void read_file_part(Pieces& pieces, std::string const& delimiter, std::filesystem::path const& beside,
                    PartHead const& head, Files& files) {
    UploadedFile file{head.name, *head.file_name, head.content_type, {}, 0};
    file.path = beside;
    file.path += "-" + std::to_string(random_u64());
    files.list.push_back(file);
    std::ofstream out(file.path, std::ios::binary);
    std::uint64_t size = 0;
    bool const ended = pieces.until(delimiter, [&](std::string_view piece) {
        out.write(piece.data(), static_cast<std::streamsize>(piece.size()));
        size += piece.size();
    });
    out.close();
    if (!out) throw Fault(errors::storage_full, "The upload could not be written to disk.", file.path.string());
    if (!ended) refuse("its last boundary is missing.");
    files.list.back().size = size;
}

std::string read_value_part(Pieces& pieces, std::string const& delimiter) {
    std::string value;
    bool const ended = pieces.until(delimiter, [&](std::string_view piece) {
        value += piece;
        if (value.size() > form_value_bytes_max)
            throw Fault(errors::payload_too_large, "A value of the form is over 1 MiB; send it as a file.");
    });
    if (!ended) refuse("its last boundary is missing.");
    if (!is_utf8(value)) refuse("a value is not UTF-8.");
    return value;
}

}  // namespace

Form read_multipart(std::filesystem::path const& body, std::string_view content_type) {
    auto const boundary = parameter(content_type, "boundary");
    if (!boundary || boundary->empty() || boundary->size() > 70) refuse("Content-Type names no boundary.");
    std::string const delimiter = "\r\n--" + *boundary;
    Pieces pieces(body);
    Form form;
    Files files;
    if (pieces.starts_with(delimiter.substr(2)))
        pieces.skip(delimiter.size() - 2);
    else if (!pieces.until(delimiter, [](std::string_view) {}))
        refuse("the boundary does not occur.");
    for (std::size_t parts = 0; !pieces.starts_with("--"); ++parts) {
        if (parts == form_parts_max) throw Fault(errors::payload_too_large, "The form has more than 100 parts.");
        std::string head;
        bool const has_head =
            pieces.starts_with("\r\n") && (pieces.skip(2), pieces.until("\r\n\r\n", [&](std::string_view piece) {
                head += piece;
                if (head.size() > form_head_bytes_max) refuse("a part's header is over 8 KiB.");
            }));
        if (!has_head) refuse("a part has no header.");
        PartHead const part = read_head(head);
        if (part.file_name)
            read_file_part(pieces, delimiter, body, part, files);
        else
            form.values.emplace_back(part.name, read_value_part(pieces, delimiter));
    }
    form.files = std::move(files.list);
    files.list.clear();
    return form;
}

}  // namespace mainstay::web
