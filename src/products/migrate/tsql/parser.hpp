// The parser: recursive descent over the tokens of one batch. A function named parse_x stands at the first token of an
// x and leaves the cursor behind its last. A syntax error is reported where it is found and thrown as SyntaxError; only
// the statement loop catches it.
#pragma once
#include "products/migrate/tsql/diagnostic_codes.hpp"
#include "products/migrate/tsql/lexer.hpp"

#include <algorithm>
#include <string>

namespace mainstay::tsql {

struct SyntaxError {};

class Parser {
public:
    Parser(Source const& source, Arena& arena, DiagnosticSink& sink, Counts& counts)
        : text_(source.text()), arena_(arena), sink_(sink), counts_(counts) {}

    List<Statement const*> parse_batch(RawBatch const&);

private:
    class Nesting;
    class Sibling;

    // The cursor (parser.cpp).
    Token const& current() const { return *at_; }
    Token const& ahead(std::uint32_t n) const { return at_ + n < last_ ? at_[n] : *last_; }
    Token const& previous() const { return at_[-1]; }
    bool is(TokenKind kind) const { return at_->kind == kind; }
    bool is(Keyword keyword) const { return at_->keyword == keyword; }
    bool is(Keyword first, Keyword second) const { return is(first) && ahead(1).keyword == second; }
    bool at_end() const { return at_ == last_; }
    void advance() {
        if (at_ != last_) ++at_;
    }
    bool accept(TokenKind kind) {
        if (!is(kind)) return false;
        advance();
        return true;
    }
    bool accept(Keyword keyword) {
        if (!is(keyword)) return false;
        advance();
        return true;
    }
    bool accept(Keyword first, Keyword second) {
        if (!is(first, second)) return false;
        advance();
        advance();
        return true;
    }
    void expect(TokenKind, char const* what);
    void expect(Keyword);
    bool is_word(std::string_view word) const { return is_word(word, current()); }
    bool is_word(std::string_view, Token const&) const;  // a word without a Keyword of its own
    bool accept_word(std::string_view);
    [[noreturn]] void fail(std::string_view expected);
    [[noreturn]] void fail_with(DiagnosticCode const&, Span, std::string message);

    std::string_view text(Token const& token) const { return text_.substr(token.begin, token.end - token.begin); }
    std::string_view text(Span span) const { return text_.substr(span.begin, span.end - span.begin); }
    Span span_from(std::uint32_t begin) const { return {begin, at_ > first_ ? previous().end : begin}; }

    template <class T>
    T* make(std::uint32_t begin) {
        auto* const node = arena_.make<T>();
        node->kind = T::node_kind;
        node->span = {begin, begin};
        return node;
    }
    template <class T>
    T* finish(T* node) {
        node->span.end = previous().end;
        return node;
    }

    // Names and literals (parse_name.cpp).
    static bool is_identifier(Token const&);
    bool is_identifier() const { return is_identifier(current()); }
    bool is_string() const { return is(TokenKind::string) || is(TokenKind::national_string) || is_quoted_string(); }
    bool is_quoted_string() const { return is(TokenKind::double_quoted) && !quoted_identifiers_; }
    Identifier take_identifier();
    Identifier parse_identifier(char const* what = "a name");
    Identifier parse_any_word();  // where a reserved word may name something
    Name parse_name(char const* what = "a name");
    List<Identifier> parse_identifier_list();  // ( a, b )
    std::string_view unquote(Token const&);
    std::string_view parse_string(char const* what);
    std::string_view parse_signed_number();
    std::int32_t parse_length();
    DataType const* parse_data_type();
    bool parse_type_words(DataType&);
    void parse_type_arguments(DataType&);
    List<Option> parse_option_list();  // ( a = b, c )
    Option parse_option();
    void skip_option_value();
    Span skip_parentheses();  // at "("; gives what stands between them

    // Expressions (parse_expression.cpp, parse_primary.cpp, parse_function.cpp).
    Expression const* parse_expression();  // scalar or predicate
    Expression const* parse_logical(bool is_and);
    Expression const* parse_logical_operand(bool of_and);
    Expression const* parse_not();
    Expression const* parse_predicate();
    Expression const* parse_predicate_rest(Expression const* left, bool negated);
    Expression const* parse_comparison(Expression const* left, BinaryOperator);
    Expression const* parse_additive();  // without predicates
    Expression const* parse_multiplicative();
    Expression const* parse_unary();
    Expression const* parse_primary();
    Expression const* parse_operand();
    Expression const* parse_postfix(Expression const*);
    Expression const* parse_parenthesized();
    Expression const* parse_literal();
    Expression const* make_literal(LiteralKind, std::string_view);
    Expression const* parse_between(Expression const* left, bool negated);
    Expression const* parse_in(Expression const* left, bool negated);
    Expression const* parse_like(Expression const* left, bool negated);
    Expression const* parse_is(Expression const* left);
    Expression const* make_binary(BinaryOperator, Expression const* left, Expression const* right);
    Expression const* make_plain_call(bool with_parentheses);
    Expression const* parse_keyword_operand();
    Expression const* parse_named_operand();
    Expression const* parse_case();
    Expression const* parse_cast(CastKind);
    Expression const* parse_convert(CastKind);
    Expression const* parse_exists();
    Expression const* parse_graph_match();
    Expression const* parse_next_value_for();
    Expression const* parse_odbc_escape();
    Expression const* parse_variable();
    Expression const* parse_star();
    FunctionCall const* parse_function_call(std::uint32_t begin, Name);
    void parse_function_arguments(FunctionCall&);
    Expression const* parse_function_argument();
    Expression const* parse_method_call(Expression const* target);
    List<Expression const*> parse_expression_list();  // up to the closing parenthesis, which it takes
    Window const* parse_over();
    Window const* parse_window_body();
    Frame const* parse_frame();
    FrameBound parse_frame_bound();
    List<OrderItem> parse_order_items();
    void add_to_chain();

    // Queries (parse_query.cpp, parse_select.cpp, parse_from.cpp, parse_table_source.cpp).
    Query const* parse_query();
    Query const* parse_query_with(std::uint32_t begin, List<XmlNamespace>, List<CommonTable>);
    Query const* parse_parenthesized_query();
    Query const* finish_query(std::uint32_t begin, QueryBody const*);
    bool is_query_ahead() const;  // at "(" or SELECT
    QueryBody const* parse_query_body();
    QueryBody const* parse_set_operation(QueryBody const* first, bool intersect_only);
    QueryBody const* parse_query_primary();
    Select const* parse_select();
    void parse_with_clause(List<XmlNamespace>&, List<CommonTable>&);
    CommonTable parse_common_table();
    Top const* parse_top();
    SelectItem parse_select_item();
    List<SelectItem> parse_select_items();
    Identifier parse_alias(AliasForm&);
    GroupBy const* parse_group_by();
    Grouping parse_grouping();
    List<NamedWindow> parse_named_windows();
    ForClause const* parse_for_clause();
    List<Option> parse_query_options();
    List<TableSource const*> parse_from();
    TableSource const* parse_joined_source();
    TableSource const* parse_join_rest(TableSource const* left);
    TableSource const* parse_table_source();
    TableSource const* parse_parenthesized_source();
    TableSource const* parse_values_table(std::uint32_t begin);
    TableSource const* parse_named_source();
    TableSource const* parse_function_source(std::uint32_t begin, Expression const* call);
    TableSource const* parse_raw_rowset();
    TableSource const* parse_variable_source();
    TableSource const* parse_pivots(TableSource const*);
    TableSource const* parse_pivot(TableSource const*);
    TableSource const* parse_unpivot(TableSource const*);
    List<RowsetColumn> parse_rowset_columns();
    Identifier parse_table_alias();
    Temporal parse_temporal();
    TableSample const* parse_table_sample();
    bool at_table_hints() const;
    List<Option> parse_table_hints();
    List<ValuesRow> parse_values_rows();

    // Tables (parse_table.cpp, parse_column.cpp, parse_constraint.cpp, parse_index.cpp).
    TableDefinition const* parse_table_definition();
    TableDefinition const* parse_table_elements();  // without the parentheses
    bool at_constraint() const;
    ColumnDefinition const* parse_column();
    bool parse_column_property(ColumnDefinition&);
    IdentityColumn const* parse_identity();
    void parse_generated(ColumnDefinition&);
    Constraint const* parse_constraint(bool of_column);
    void parse_key(Constraint&, ConstraintKind);
    void parse_foreign_key(Constraint&);
    ReferentialAction parse_referential_action();
    Clustering parse_clustering();
    List<IndexColumn> parse_index_columns();
    Placement parse_placement();
    IndexDefinition const* parse_inline_index();
    void parse_index_rest(IndexDefinition&);
    SystemTimePeriod const* parse_period();

    // Statements (parse_statement.cpp, parse_block.cpp, parse_create.cpp, parse_module.cpp, parse_execute.cpp,
    // parse_insert.cpp).
    List<Statement const*> parse_statements(bool in_block);
    Statement const* parse_statement();
    Statement const* parse_statement_inner();
    Statement const* parse_begin();
    Statement const* parse_block(std::uint32_t begin);
    Statement const* parse_try(std::uint32_t begin);
    Statement const* parse_if();
    Statement const* parse_with_statement();
    Statement const* parse_use();
    Statement const* parse_set();
    Statement const* parse_insert(std::uint32_t begin, List<XmlNamespace>, List<CommonTable>);
    void parse_insert_target(Insert&);
    void parse_insert_source(Insert&);
    List<OutputClause> parse_outputs();
    Execute const* parse_execute();
    Execute const* parse_bare_execute();
    void parse_execute_rest(Execute&);
    ExecuteArgument parse_execute_argument();
    Statement const* parse_create();
    Statement const* parse_alter();
    Statement const* parse_create_table(std::uint32_t begin);
    void parse_table_options(CreateTable&);
    Statement const* parse_alter_table(std::uint32_t begin);
    Statement const* parse_create_type(std::uint32_t begin);
    Statement const* parse_create_view(std::uint32_t begin, CreateMode);
    Statement const* parse_create_index(std::uint32_t begin);
    Statement const* parse_create_schema(std::uint32_t begin);
    Statement const* parse_create_sequence(std::uint32_t begin);
    Statement const* parse_create_synonym(std::uint32_t begin);
    Statement const* parse_create_xml_schema_collection(std::uint32_t begin);
    Statement const* parse_module(std::uint32_t begin, CreateMode);
    void parse_procedure_header(CreateModule&);
    void parse_function_header(CreateModule&);
    void parse_trigger_header(CreateModule&);
    void parse_parameters(CreateModule&);
    Parameter parse_parameter();
    List<Option> parse_bare_options();  // a, b, EXECUTE AS OWNER
    void take_body(CreateModule&);

    // Extents of statements that are not parsed (parse_skip.cpp, statement_extent.cpp).
    Statement const* skip_statement(Token const* begin);
    Statement const* give_up(Token const* begin);  // after a syntax error
    void name_object(Broken&, Token const* begin);
    std::string_view describe(Token const* begin) const;

    std::string_view text_;
    Arena& arena_;
    DiagnosticSink& sink_;
    Counts& counts_;
    Token const* first_ = nullptr;
    Token const* at_ = nullptr;
    Token const* last_ = nullptr;  // the end token
    std::uint32_t nesting_ = 0;
    std::uint32_t tree_height_ = 0;  // an upper bound for what the innermost Nesting has built
    bool quoted_identifiers_ = true, gave_up_ = false;
};

// Guards a recursion: bounds the parser's own stack, and the height of the tree for those who walk it.
class Parser::Nesting {
public:
    explicit Nesting(Parser& parser) : parser_(parser), height_outside_(parser.tree_height_) {
        if (++parser_.nesting_ > max_nesting) {
            --parser_.nesting_;
            parser_.fail_with(codes::too_deep, {parser_.at_->begin, parser_.at_->end}, "this is nested too deeply");
        }
        parser_.tree_height_ = 0;
    }
    ~Nesting() {
        --parser_.nesting_;
        parser_.tree_height_ = std::max(height_outside_, parser_.tree_height_ + 1);
    }
    Nesting(Nesting const&) = delete;
    Nesting& operator=(Nesting const&) = delete;

private:
    Parser& parser_;
    std::uint32_t height_outside_;
};

// Around one of several operands of a node: their heights do not add up.
class Parser::Sibling {
public:
    explicit Sibling(Parser& parser) : parser_(parser), others_(parser.tree_height_) { parser_.tree_height_ = 0; }
    ~Sibling() { parser_.tree_height_ = std::max(others_, parser_.tree_height_); }
    Sibling(Sibling const&) = delete;
    Sibling& operator=(Sibling const&) = delete;

private:
    Parser& parser_;
    std::uint32_t others_;
};

}  // namespace mainstay::tsql
