#include "base/utf8.hpp"

#include "base/text.hpp"

namespace mainstay {

std::string_view utf8_prefix(std::string_view text, std::size_t bytes_max) {
    if (text.size() > bytes_max) {
        std::size_t cut = bytes_max;
        while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
        text = text.substr(0, cut);
    }
    return is_utf8(text) ? text : std::string_view();
}

}  // namespace mainstay
