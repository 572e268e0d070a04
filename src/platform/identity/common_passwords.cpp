// The passwords that people take most, and what they make of them to satisfy a rule.
#include "base/text.hpp"
#include "platform/identity/identity.hpp"

#include <algorithm>
#include <stdexcept>
#include <unordered_set>

namespace mainstay::web {
std::span<StaticFile const> common_passwords_static_files();
}

namespace mainstay::identity {
namespace {

using Words = std::unordered_set<std::string_view>;

Words const& words() {
    static Words const all = [] {
        for (auto const& file : web::common_passwords_static_files()) {
            if (file.path != "/passwords.txt") continue;
            auto const lines = split(file.plain, '\n');
            Words list(lines.begin(), lines.end());
            list.erase("");
            return list;
        }
        throw std::logic_error("the list of common passwords is not in the program");
    }();
    return all;
}

bool is_letter(char c) {
    return c >= 'a' && c <= 'z';
}

// What stands for a letter in leetspeak; 1 and ! may be i or l.
std::string without_leet(std::string text, char of_one) {
    for (char& c : text) {
        switch (c) {
            case '0': c = 'o'; break;
            case '1':
            case '!': c = of_one; break;
            case '3': c = 'e'; break;
            case '4':
            case '@': c = 'a'; break;
            case '5':
            case '$': c = 's'; break;
            case '7': c = 't'; break;
            default: break;
        }
    }
    return text;
}

std::string_view without_ending(std::string_view text) {
    for (std::size_t i = 0; i < endings_max && !text.empty() && !is_letter(text.back()); ++i) text.remove_suffix(1);
    return text;
}

bool is_word_or_leet(std::string_view text) {
    std::string const given(text);
    return words().contains(given) || words().contains(without_leet(given, 'i')) ||
           words().contains(without_leet(given, 'l'));
}

}  // namespace

bool is_common(std::string_view password) {
    constexpr std::size_t shortest_word = 4;  // what is left of "a1b2c3d4" tells nothing
    std::string const lower = lower_ascii(password);
    if (is_word_or_leet(lower)) return true;
    auto const word = without_ending(lower);
    return word.size() >= shortest_word && is_word_or_leet(word);
}

}  // namespace mainstay::identity
