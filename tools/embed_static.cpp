// embed_static NAME FOLDER PREFIX OUTPUT: makes OUTPUT/NAME_static.cpp and OUTPUT/NAME_static.bin of the files of a
// folder, each as it is and, where that is smaller, in gzip and Brotli at their best levels.
#include "base/hash.hpp"
#include "base/text.hpp"

#include <brotli/encode.h>
#include <zlib.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

constexpr int gzip_window_bits = 15 + 16;  // the largest window, with gzip's header
constexpr int gzip_memory_level = 9;

std::string read(fs::path const& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path.string());
    return {std::istreambuf_iterator<char>(file), {}};
}

void write(fs::path const& path, std::string const& content) {
    std::ofstream file(path, std::ios::binary);
    if (!(file << content) || !file.flush()) throw std::runtime_error("cannot write " + path.string());
}

std::string gzip(std::string const& plain) {
    z_stream stream{};
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, gzip_window_bits, gzip_memory_level,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::runtime_error("zlib does not start");
    std::string out(deflateBound(&stream, plain.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
    stream.avail_in = static_cast<uInt>(plain.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    int const result = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (result != Z_STREAM_END) throw std::runtime_error("zlib fails");
    return out;
}

std::string brotli(std::string const& plain) {
    std::size_t size = BrotliEncoderMaxCompressedSize(plain.size());
    std::string out(size, '\0');
    if (!BrotliEncoderCompress(BROTLI_MAX_QUALITY, BROTLI_MAX_WINDOW_BITS, BROTLI_MODE_GENERIC, plain.size(),
                               reinterpret_cast<std::uint8_t const*>(plain.data()), &size,
                               reinterpret_cast<std::uint8_t*>(out.data())))
        throw std::runtime_error("Brotli fails");
    out.resize(size);
    return out;
}

// A path needs no percent-escapes, so that what is asked for can be compared with it as it is.
void check_name(std::string const& name) {
    bool const plain = std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("-._/").find(c) != std::string_view::npos;
    });
    if (!plain) throw std::runtime_error("the name of " + name + " needs escapes in a URL");
}

void embed(std::string const& name, fs::path const& folder, std::string const& prefix, fs::path const& output) {
    std::vector<fs::path> paths;
    for (auto const& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file()) paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());

    std::string blob;
    auto const place = [&](std::string const& bytes) {
        std::string const view = "{blob + " + std::to_string(blob.size()) + ", " + std::to_string(bytes.size()) + "}";
        blob += bytes;
        return view;
    };
    std::string rows;
    for (fs::path const& path : paths) {
        std::string const relative = fs::relative(path, folder).generic_string();
        check_name(relative);
        std::string const plain = read(path);
        std::string const hash = mainstay::to_hex(mainstay::sha256(plain)).substr(0, 16);
        std::string const zipped = gzip(plain);
        std::string const denser = brotli(plain);
        rows += "        {\"" + prefix + "/" + relative + "\", " + place(plain) + ", " +
                (zipped.size() < plain.size() ? place(zipped) : "{}") + ", " +
                (denser.size() < plain.size() ? place(denser) : "{}") + ", \"" + hash + "\"},\n";
    }
    fs::path const blob_path = fs::absolute(output / (name + "_static.bin"));
    write(blob_path, blob + '\0');
    std::string const symbol = "mainstay_static_" + name;
    write(output / (name + "_static.cpp"), "// Made by embed_static from " + folder.filename().string() +
                                               ".\n#include \"kernel/web/static_files.hpp\"\n\n#include <vector>\n\n"
                                               "asm(\".section .rodata\\n.balign 16\\n.globl " +
                                               symbol + "\\n.hidden " + symbol + "\\n" + symbol + ":\\n.incbin \\\"" +
                                               blob_path.string() +
                                               "\\\"\\n.previous\\n\");\n"
                                               "extern \"C\" [[gnu::visibility(\"hidden\")]] char const " +
                                               symbol +
                                               "[];\n\n"
                                               "namespace mainstay::web {\n\nstd::span<StaticFile const> " +
                                               name +
                                               "_static_files() {\n"
                                               "    [[maybe_unused]] static char const* const blob = " +
                                               symbol +
                                               ";\n"
                                               "    static std::vector<StaticFile> const files{\n" +
                                               rows +
                                               "    };\n    return files;\n}\n\n"
                                               "}  // namespace mainstay::web\n");
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 5) {
        std::fprintf(stderr, "usage: embed_static NAME FOLDER PREFIX OUTPUT\n");
        return 2;
    }
    try {
        embed(arguments[1], arguments[2], arguments[3], arguments[4]);
    } catch (std::exception const& error) {
        std::fprintf(stderr, "embed_static: %s\n", error.what());
        return 1;
    }
    return 0;
}
