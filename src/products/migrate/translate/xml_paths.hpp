// value() and nodes() of XML by simple paths. DuckDB has no XQuery: the paths become searches in the text, which holds for
// documents whose elements do not nest within elements of their own name.
#pragma once
#include "products/migrate/translate/value.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mainstay::translate {

// declare namespaces; (/a/p:b/@c)[1], a/b/text(), ., string(.): steps downwards by name, nothing else.
struct XmlPath {
    bool is_absolute = false;
    std::vector<std::string> steps;  // local names
    std::string attribute;           // of the last step; empty: its content
    bool takes_text = false;         // text(): up to the first element within
};
std::optional<XmlPath> read_xml_path(std::string_view);

// What nodes() gives: the element with its marks. Which one decides what a path from the root can see.
inline constexpr std::string_view root_node = "root node";
inline constexpr std::string_view inner_node = "node";

// DuckDB's text for the path's first value within `xml`, NULL where there is none. `context` is empty for a document, or one
// of the two above. Nothing where the path leaves the node.
std::optional<std::string> xml_value_text(XmlPath const&, std::string const& xml, std::string_view context);

// The list of the elements that the path leads to, with their marks.
std::optional<std::string> xml_nodes_text(XmlPath const&, std::string const& xml, std::string_view context);

}  // namespace mainstay::translate
