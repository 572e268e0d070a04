// What was measured, as numbers. Nothing here is judged.
#include "products/migrate/dbt/dbt.hpp"

#include <algorithm>

namespace mainstay::dbt {
namespace {

// They sum to 1.
constexpr double weight_parsed = 0.1;  // its query was read and translated
constexpr double weight_bound = 0.2;   // the engine found every name and type in it
constexpr double weight_ran = 0.4;     // it gave its rows without an error
constexpr double weight_tests = 0.3;   // by the share of its tests that passed; those that only warn do not count

bool is_bound(ModelResult const& result) {
    if (result.status == ModelStatus::passed) return true;
    if (result.status != ModelStatus::failed) return false;
    for (std::string_view const words : {"Binder Error", "Catalog Error", "Parser Error", "Syntax Error"})
        if (result.error.starts_with(words)) return false;
    return true;
}

double tests_share(ModelResult const& result) {
    std::int64_t counted = 0, passed = 0;
    for (auto const& test : result.tests) {
        if (test.is_warning) continue;
        ++counted;
        passed += test.has_passed ? 1 : 0;
    }
    return counted == 0 ? 1 : static_cast<double>(passed) / static_cast<double>(counted);
}

double score_of(Model const& model, ModelResult const& result) {
    double score = model.sql.empty() ? 0 : weight_parsed;
    if (is_bound(result)) score += weight_bound;
    if (result.status == ModelStatus::passed) score += weight_ran + weight_tests * tests_share(result);
    return score;
}

}  // namespace

Evaluation evaluate(Project const& project, Assessment const& assessment, RunResult& results) {
    Evaluation evaluation;
    double sum = 0;
    for (std::size_t i = 0; i < project.models.size() && i < results.models.size(); ++i) {
        auto const& model = project.models[i];
        auto& result = results.models[i];
        result.score = score_of(model, result);
        sum += result.score;
        ++evaluation.total_models;
        ++(result.status == ModelStatus::passed ? evaluation.completed_models : evaluation.failed_models);
        ++evaluation.models_by_fidelity[std::string(translate::name_of(model.fidelity))];
        for (auto const& test : result.tests) {
            ++evaluation.tests_total;
            ++(test.has_passed   ? evaluation.tests_passed
               : test.is_warning ? evaluation.tests_warned
                                 : evaluation.tests_failed);
        }
    }
    auto const total = static_cast<double>(std::max<std::int64_t>(evaluation.total_models, 1));
    evaluation.success_rate = static_cast<double>(evaluation.completed_models) / total;
    evaluation.score = sum / total;
    for (auto const& object : assessment.objects)
        ++evaluation.objects_by_class[std::string(fields::name_of(object.object_class))];
    return evaluation;
}

}  // namespace mainstay::dbt
