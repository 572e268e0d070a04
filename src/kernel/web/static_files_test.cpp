#include "kernel/web/static_files.hpp"
#include "kernel/web/edge_testing.hpp"

#include <zlib.h>

#include <fstream>

namespace mainstay::web {

std::span<StaticFile const> test_static_files();

namespace {

using namespace testing;

RequestHead asking(std::string target, std::vector<Header> headers = {}) {
    RequestHead head;
    head.target = std::move(target);
    head.headers = std::move(headers);
    return head;
}

std::string value_of(Response const& response, std::string_view name) {
    for (Header const& header : response.headers)
        if (header.name == name) return header.value;
    return "";
}

std::string unzipped(std::string_view bytes) {
    z_stream stream{};
    EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
    std::string out(100'000, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return out;
}

std::string source_of(std::string const& name) {
    std::ifstream file(std::filesystem::path(STATIC_TEST_FILES) / name, std::ios::binary);
    EXPECT_TRUE(file) << name;
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST(StaticFiles, HoldsTheFolderByteForByte) {
    std::span<StaticFile const> const files = test_static_files();
    ASSERT_EQ(files.size(), 4u);
    for (StaticFile const& file : files) {
        EXPECT_EQ(file.plain, source_of(std::string(file.path.substr(std::string_view("/assets/").size()))));
        if (!file.gzip.empty()) {
            EXPECT_LT(file.gzip.size(), file.plain.size());
            EXPECT_EQ(unzipped(file.gzip), file.plain);
        }
    }
    StaticFiles const served(files);
    EXPECT_EQ(served.answer(asking("/assets/small.txt", {{"Accept-Encoding", "gzip, br"}}))->static_body, "x");
}

TEST(StaticFiles, SendsTheDensestFormThatIsAccepted) {
    StaticFiles const files(test_static_files());
    Response const plain = *files.answer(asking("/assets/app.js?v=1"));
    EXPECT_EQ(plain.static_body, source_of("app.js"));
    EXPECT_EQ(value_of(plain, "Content-Encoding"), "");
    EXPECT_EQ(value_of(plain, "Content-Type"), "text/javascript; charset=utf-8");
    EXPECT_EQ(value_of(plain, "X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(value_of(plain, "Vary"), "Accept-Encoding");
    Response const brotli = *files.answer(asking("/assets/app.js", {{"Accept-Encoding", "gzip, deflate, br"}}));
    EXPECT_EQ(value_of(brotli, "Content-Encoding"), "br");
    EXPECT_LT(brotli.static_body.size(), plain.static_body.size() / 3);
    Response const gzip = *files.answer(asking("/assets/app.js", {{"Accept-Encoding", "gzip"}}));
    EXPECT_EQ(value_of(gzip, "Content-Encoding"), "gzip");
    EXPECT_EQ(unzipped(gzip.static_body), plain.static_body);
    EXPECT_NE(value_of(gzip, "ETag"), value_of(brotli, "ETag"));
}

TEST(StaticFiles, HonoursQualities) {
    EXPECT_EQ(choose_coding("", true, true), Coding::identity);
    EXPECT_EQ(choose_coding("br;q=0.5, gzip;q=0.8", true, true), Coding::gzip);
    EXPECT_EQ(choose_coding("br;q=0.5, gzip;q=0.5", true, true), Coding::brotli);
    EXPECT_EQ(choose_coding("br;q=0, gzip", true, true), Coding::gzip);
    EXPECT_EQ(choose_coding("br;q=0.000, gzip;q=0", true, true), Coding::identity);
    EXPECT_EQ(choose_coding("*", true, true), Coding::brotli);
    EXPECT_EQ(choose_coding("*;q=0.5, br;q=0", true, true), Coding::gzip);
    EXPECT_EQ(choose_coding("identity, gzip;q=0.5", true, true), Coding::identity);
    EXPECT_EQ(choose_coding("identity;q=0.5, gzip", true, false), Coding::gzip);
    EXPECT_EQ(choose_coding("GZIP ; q=1.000 , br ;q=0.999", true, true), Coding::gzip);
    EXPECT_EQ(choose_coding("br", true, false), Coding::identity);
    EXPECT_EQ(choose_coding("br;q=x, gzip;level=9, deflate", true, true), Coding::identity);
    EXPECT_EQ(choose_coding("identity;q=0", true, true), Coding::identity);
}

TEST(StaticFiles, AHashedNameIsKeptForEverAndThePlainOneRevalidated) {
    StaticFiles const files(test_static_files());
    std::string const hashed = files.hashed_path("/assets/app.js");
    EXPECT_EQ(hashed.size(), std::string_view("/assets/app.12345678.js").size());
    EXPECT_EQ(value_of(*files.answer(asking(hashed)), "Cache-Control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(value_of(*files.answer(asking("/assets/app.js")), "Cache-Control"), "no-cache");
    EXPECT_FALSE(files.answer(asking("/assets/app.00000000.js")));
    EXPECT_EQ(files.hashed_path("/assets/none.js"), "/assets/none.js");

    std::string const etag = value_of(*files.answer(asking("/assets/app.js")), "ETag");
    for (std::string const& known : {etag, "W/" + etag, "\"other\", " + etag, std::string("*")}) {
        Response const response = *files.answer(asking("/assets/app.js", {{"If-None-Match", known}}));
        EXPECT_EQ(response.status, 304) << known;
        EXPECT_TRUE(response.static_body.empty());
        EXPECT_EQ(value_of(response, "ETag"), etag);
    }
    EXPECT_EQ(files.answer(asking("/assets/app.js", {{"If-None-Match", "\"other\""}}))->status, 200);
    EXPECT_EQ(files.answer(asking("/assets/app.js", {{"If-None-Match", etag}, {"Accept-Encoding", "br"}}))->status,
              200);
}

TEST(StaticFiles, KnowsNothingOutsideItsFolder) {
    StaticFiles const files(test_static_files());
    EXPECT_EQ(value_of(*files.answer(asking("/assets/")), "Content-Type"), "text/html; charset=utf-8");
    EXPECT_EQ(value_of(*files.answer(asking("/assets/images/dot.svg")), "Content-Type"), "image/svg+xml");
    for (auto const* path :
         {"/", "/assets", "/assets/../edge.cpp", "/assets/images/", "/assets/images/dot", "/assets//app.js"})
        EXPECT_FALSE(files.answer(asking(path))) << path;
    RequestHead post = asking("/assets/app.js");
    post.method = Method::post;
    EXPECT_FALSE(files.answer(post));
    EXPECT_EQ(content_type_of("/a/b.WOFF2"), "font/woff2");
    EXPECT_EQ(content_type_of("/a.b/c"), "application/octet-stream");
}

class EdgeStatic : public EdgeTest {};

TEST_F(EdgeStatic, ServesThemOverASocket) {
    StaticFiles const files(test_static_files());
    application_.on("/assets/app.js", lane(Lane::edge),
                    [&](Request& request, Reply& reply) { reply.send(*files.answer(request)); });
    start();
    RawClient client = connect();
    ClientReply const reply = client.ask(get("/assets/app.js", "Accept-Encoding: gzip\r\n"));
    EXPECT_EQ(unzipped(reply.body), source_of("app.js"));
    client.send("HEAD /assets/app.js HTTP/1.1\r\nHost: x\r\n\r\n" + get("/assets/app.js", "If-None-Match: *\r\n") +
                get("/next"));
    EXPECT_EQ(client.read_reply(true).status, 200);
    EXPECT_EQ(client.read_reply().status, 304);
    EXPECT_EQ(client.read_reply().status, 200);
}

}  // namespace
}  // namespace mainstay::web
