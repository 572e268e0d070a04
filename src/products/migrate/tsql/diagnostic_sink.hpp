// Where the stages of the parser put their diagnostics.
#pragma once
#include "products/migrate/tsql/ast_core.hpp"
#include "products/migrate/tsql/diagnostic.hpp"

#include <string>
#include <vector>

namespace mainstay::tsql {

class DiagnosticSink {
public:
    explicit DiagnosticSink(Source const& source) : source_(source) {}

    void add(DiagnosticCode const&, Span, std::string message);

    std::size_t count(Severity severity) const { return counts_[static_cast<std::size_t>(severity)]; }
    std::vector<Diagnostic> take();  // by their place in the script

private:
    Source const& source_;
    std::vector<Diagnostic> diagnostics_;
    std::size_t counts_[3] = {};
    std::size_t dropped_ = 0;
};

// One diagnostic with its line. The span is of source.text().
Diagnostic make_diagnostic(Source const&, DiagnosticCode const&, Span, std::string message);

}  // namespace mainstay::tsql
