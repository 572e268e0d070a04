// What a URL becomes before anything is connected, for the spellings that others read differently.
#include "kernel/net/url.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace mainstay::net {
namespace {

TEST(Url, SpellingsOfAnAddressAreTheAddress) {
    for (auto const* text : {"http://127.0.0.1/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/",
                             "http://0x7f.1/", "http://127.1/", "http://127.0.0.1./", "HTTP://127.0.0.1:80"}) {
        auto const url = Url::parse(text);
        ASSERT_TRUE(url) << text;
        EXPECT_EQ(url->origin(), "http://127.0.0.1:80") << text;
        EXPECT_FALSE(url->is_name()) << text;
    }
    EXPECT_EQ(Url::parse("http://[::1]:8080/x")->origin(), "http://[::1]:8080");
    EXPECT_FALSE(Url::parse("http://[::1]/")->is_name());
    EXPECT_EQ(Url::parse("http://[0:0:0:0:0:0:0:1]/")->origin(), "http://[::1]:80");
}

TEST(Url, HostsAreLowerCaseWithoutATrailingDotSoThatOriginsCompare) {
    EXPECT_EQ(Url::parse("https://EXAMPLE.com./a?b#c")->origin(), "https://example.com:443");
    EXPECT_EQ(Url::parse("https://EXAMPLE.com./a?b#c")->text(), "https://example.com/a?b");
    EXPECT_EQ(Url::parse("https://example.com:8443")->host_and_port(), "example.com:8443");
    EXPECT_TRUE(Url::parse("https://xn--bcher-kva.example/")->is_name());
}

TEST(Url, RefusesWhatIsNoPlainHttpUrl) {
    for (auto const* text : {"",
                             "http://",
                             "http:///path",
                             "http:/example.com/",
                             "http:example.com",
                             "//example.com/",
                             "example.com",
                             "ftp://example.com/",
                             "file:///etc/passwd",
                             "gopher://example.com/",
                             "http://user@example.com/",
                             "http://user:secret@example.com/",
                             "http://@example.com/",
                             "http://example.com@169.254.169.254/",
                             "http://exam ple.com/",
                             "http://example.com/a b",
                             "http://example.com/\r\nX: y",
                             "http://example.com\\@evil.example/",
                             "http://[fe80::1%25eth0]/",
                             "http://[fe80::1%eth0]/",
                             "http://\xc3\xbc.example/",
                             "http://\xef\xbc\x91\xef\xbc\x92\xef\xbc\x97.0.0.1/",
                             "http://%31%32%37.0.0.1/",
                             "http://example.com:0/",
                             "http://example.com:99999/",
                             "http://example.com:x/",
                             "http://example.com../",
                             "http://./",
                             "http://[::1/",
                             "http://[not-an-address]/"})
        EXPECT_FALSE(Url::parse(text)) << text;
    EXPECT_FALSE(Url::parse(std::string_view("http://example.com/\0x", 21)));
    EXPECT_FALSE(Url::parse("http://example.com/" + std::string(Url::size_max, 'a')));
}

TEST(Url, ReferencesResolveAsTheRfcHasIt) {
    auto const base = *Url::parse("http://a.example/b/c/d?q");
    std::vector<std::pair<std::string, std::string>> const cases{{"g", "http://a.example/b/c/g"},
                                                                 {"./g", "http://a.example/b/c/g"},
                                                                 {"../g", "http://a.example/b/g"},
                                                                 {"/g", "http://a.example/g"},
                                                                 {"?y", "http://a.example/b/c/d?y"},
                                                                 {"//b.example/x", "http://b.example/x"},
                                                                 {"https://b.example/", "https://b.example/"},
                                                                 {"../../../../g", "http://a.example/g"},
                                                                 {"", "http://a.example/b/c/d?q"},
                                                                 {"#part", "http://a.example/b/c/d?q"},
                                                                 {"g?y/../x", "http://a.example/b/c/g?y/../x"}};
    for (auto const& [reference, expected] : cases) {
        auto const url = base.resolve(reference);
        ASSERT_TRUE(url) << reference;
        EXPECT_EQ(url->text(), expected) << reference;
    }
}

TEST(Url, ReferencesToElsewhereAreHeldToTheSameRules) {
    auto const base = *Url::parse("https://a.example/b");
    for (auto const* reference :
         {"ftp://b.example/", "javascript:alert(1)", "//user@b.example/", "file:///etc/passwd", "http:b",
          "\\\\b.example\\x", "//b\xc3\xbc.example/", "/a\r\nb", "http://b.example@c/"})
        EXPECT_FALSE(base.resolve(reference)) << reference;
    EXPECT_EQ(base.resolve("//b.example/")->origin(), "https://b.example:443");
}

}  // namespace
}  // namespace mainstay::net
