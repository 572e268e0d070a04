// Source: "value() Method", "nodes() Method" and "Path Expressions (XQuery)". Each step is one regular expression of RE2.
#include "products/migrate/translate/xml_paths.hpp"

#include "base/text.hpp"
#include "products/migrate/translate/pattern.hpp"

#include <algorithm>

namespace mainstay::translate {

namespace {

bool is_name(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' ||
               static_cast<unsigned char>(c) >= 0x80;
    });
}

std::string_view local_name(std::string_view name) {
    auto const colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::string_view without_prolog(std::string_view text) {
    text = trim(text);
    while (text.starts_with("declare ")) {
        char quote = 0;
        std::size_t at = 0;
        for (; at < text.size() && (quote != 0 || text[at] != ';'); ++at) {
            if (quote == 0 && (text[at] == '"' || text[at] == '\'')) quote = text[at];
            else if (text[at] == quote) quote = 0;
        }
        text = at >= text.size() ? std::string_view{} : trim(text.substr(at + 1));
    }
    return text;
}

// (path)[1], path[1] and string(path) mean the first value that the path finds.
std::string_view unwrapped(std::string_view text) {
    for (bool goes_on = true; goes_on;) {
        goes_on = false;
        if (text.ends_with("[1]")) {
            text = trim(text.substr(0, text.size() - 3));
            goes_on = true;
        }
        if (text.starts_with("string(") && text.ends_with(')')) {
            text = trim(text.substr(7, text.size() - 8));
            goes_on = true;
        }
        if (text.starts_with('(') && text.ends_with(')')) {
            text = trim(text.substr(1, text.size() - 2));
            goes_on = true;
        }
    }
    return text;
}

std::string open_tag(std::string const& name) {
    return "<(?:[\\w.-]+:)?" + escaped_for_search(name) + "(?:\\s(?:[^>]*[^>/])?)?>";
}
std::string close_tag(std::string const& name) {
    return "</(?:[\\w.-]+:)?" + escaped_for_search(name) + "\\s*>";
}

std::string content_of(std::string const& xml, std::string const& name) {
    return call("regexp_extract", {xml, quote_text("(?s)" + open_tag(name) + "(.*?)" + close_tag(name)), "1"});
}

// The text in which the path's first step is looked for.
std::optional<std::string> start_of(XmlPath const& path, std::string const& xml, std::string_view context) {
    if (path.is_absolute && context == inner_node) return std::nullopt;
    if (path.is_absolute || context.empty()) return xml;
    // Below the node itself: its own mark is passed over.
    return call("regexp_replace", {xml, "'^\\s*<[^>]*>'", "''"});
}

std::string unescaped(std::string text) {
    static constexpr std::pair<std::string_view, std::string_view> entities[] = {
        {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "''"}, {"&amp;", "&"}};
    for (auto const& [entity, mark] : entities)
        text = "replace(" + text + ", '" + std::string(entity) + "', '" + std::string(mark) + "')";
    return text;
}

}  // namespace

std::optional<XmlPath> read_xml_path(std::string_view written) {
    auto text = unwrapped(without_prolog(written));
    XmlPath path;
    if (text.starts_with('/')) {
        path.is_absolute = true;
        text.remove_prefix(1);
    }
    if (text.starts_with("./")) text.remove_prefix(2);
    if (text == ".") return path;
    auto const parts = split(text, '/');
    for (std::size_t i = 0; i < parts.size(); ++i) {
        auto step = trim(parts[i]);
        if (step.ends_with("[1]")) step.remove_suffix(3);
        bool const is_last = i + 1 == parts.size();
        if (is_last && step == "text()") {
            path.takes_text = true;
        } else if (is_last && step.starts_with('@')) {
            path.attribute = local_name(step.substr(1));
            if (!is_name(path.attribute)) return std::nullopt;
        } else {
            auto const name = local_name(step);
            if (!is_name(name) || name == "." || name == "..") return std::nullopt;
            path.steps.emplace_back(name);
        }
    }
    return path;
}

std::optional<std::string> xml_value_text(XmlPath const& path, std::string const& xml, std::string_view context) {
    if (!path.attribute.empty()) {
        auto const attribute = "\\s(?:[\\w.-]+:)?" + escaped_for_search(path.attribute) + "\\s*=\\s*[\"'']([^\"'']*)[\"'']";
        std::string within_xml = xml;
        std::string tag = "^\\s*<[^>]*";
        if (!path.steps.empty()) {
            auto const start = start_of(path, xml, context);
            if (!start) return std::nullopt;
            within_xml = *start;
            for (std::size_t i = 0; i + 1 < path.steps.size(); ++i) within_xml = content_of(within_xml, path.steps[i]);
            tag = "<(?:[\\w.-]+:)?" + escaped_for_search(path.steps.back()) + "(?:\\s[^>]*)?";
        } else if (context.empty()) {
            return std::nullopt;  // a document has no attributes
        }
        return "nullif(" + unescaped("regexp_extract(" + within_xml + ", '(?s)" + tag + attribute + "', 1)") + ", '')";
    }
    auto const start = start_of(path, xml, context);
    if (!start) return std::nullopt;
    auto text = *start;
    for (auto const& step : path.steps) text = content_of(text, step);
    text = path.takes_text ? call("regexp_extract", {text, "'^[^<]*'"}) : call("regexp_replace", {text, "'<[^>]*>'", "''", "'g'"});
    return "nullif(" + unescaped(text) + ", '')";
}

std::optional<std::string> xml_nodes_text(XmlPath const& path, std::string const& xml, std::string_view context) {
    if (path.steps.empty() || path.takes_text || !path.attribute.empty()) return std::nullopt;
    auto const start = start_of(path, xml, context);
    if (!start) return std::nullopt;
    auto text = *start;
    for (std::size_t i = 0; i + 1 < path.steps.size(); ++i) text = content_of(text, path.steps[i]);
    auto const& last = path.steps.back();
    return call("regexp_extract_all", {text, quote_text("(?s)" + open_tag(last) + ".*?" + close_tag(last) + "|<(?:[\\w.-]+:)?" +
                                                        escaped_for_search(last) + "(?:\\s[^>]*)?/>")});
}

}  // namespace mainstay::translate
