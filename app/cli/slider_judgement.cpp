#include "app/cli/slider_judgement.h"

#include <spdlog/fmt/fmt.h>

#include "app/cli/option_checks.h"

namespace smidgen::cli {
namespace {

nlohmann::json byName(const std::array<double, kAttributeCount>& values) {
    nlohmann::json named;
    for (const Attribute attribute : kAttributes)
        named[std::string(wordsFor(attribute).name)] = values[static_cast<std::size_t>(attribute)];
    return named;
}

std::string heading() {
    std::string line = fmt::format("{:<11}", "");
    for (const Attribute attribute : kAttributes) line += fmt::format(" {:>10}", wordsFor(attribute).name);
    return line;
}

void printTable(Console& console, const SliderMatrix& matrix, const char* title,
                std::array<double, kAttributeCount> SliderRow::*figures) {
    console.line(title);
    console.line(heading());
    for (const SliderRow& row : matrix.rows) {
        std::string line = fmt::format("{:<11}", wordsFor(row.slider).name);
        for (const Attribute attribute : kAttributes)
            line += fmt::format(" {:>9.2f}{}", (row.*figures)[static_cast<std::size_t>(attribute)],
                                attribute == row.slider ? '*' : ' ');
        console.line(line);
    }
}

}  // namespace

std::vector<std::string> sliderNames() {
    std::vector<std::string> names;
    for (const Attribute attribute : kAttributes) names.emplace_back(wordsFor(attribute).name);
    return names;
}

void addSliderJudgementOptions(CLI::App& command, SliderJudgement& judgement) {
    command.add_option("--slider", judgement.sliders, "--sliders: only this one; may be given again")
        ->check(oneOf(sliderNames()));
    command.add_option("--positions", judgement.positions, "--sliders: of each, from 0 to 1")
        ->type_name("N")
        ->capture_default_str()
        ->check(wholeNumber(2, 101));
    command.add_option("--seeds", judgement.seeds, "--sliders: takes at each position")
        ->type_name("N")
        ->capture_default_str()
        ->check(wholeNumber(1, 1000));
    command.add_flag("--with-prior", judgement.prior, "--sliders: of takes from the model's prior");
    command.add_flag("--no-tools", judgement.withoutTools, "--sliders: what the model does by itself");
}

Status evaluateSliders(Session& session, const SliderJudgement& judgement) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto model = (*workstation)->findModel(judgement.model);
    if (!model) return propagate(model);
    SliderEvaluation evaluation;
    evaluation.recipe.modelId = (*workstation)->referenceTo(**model);
    evaluation.recipe.modelName = (*model)->name;
    evaluation.recipe.seconds = judgement.duration;
    evaluation.recipe.seed = judgement.seed;
    evaluation.recipe.sliderTools = !judgement.withoutTools;
    if (judgement.prior) {
        if (!(*model)->prior)
            return failure(
                ErrorCode::unusableInput,
                "The model '" + (*model)->name + "' has no prior. Train one with 'smidgen train-prior'.");
        evaluation.recipe.prior.emplace();
    }
    for (const std::string& name : judgement.sliders)
        if (const auto attribute = attributeNamed(name)) evaluation.sliders.push_back(*attribute);
    evaluation.positions = judgement.positions;
    evaluation.seeds = judgement.seeds;
    Console& console = session.console();
    auto matrix = (*workstation)->evaluateSliders(evaluation, session.cancel(), [&](int done, int takes) {
        console.progress(fmt::format("Take {} of {}", done, takes));
    });
    if (!matrix) return propagate(matrix);
    printTable(console, *matrix,
               "Spearman of the position with what is measured, over all takes:", &SliderRow::correlation);
    printTable(console, *matrix, "The same for each seed, median:", &SliderRow::bySeed);
    printTable(console, *matrix,
               "From one end to the other, in standard deviations of the collection:", &SliderRow::moved);
    nlohmann::json rows = nlohmann::json::array();
    for (const SliderRow& row : matrix->rows) {
        rows.push_back({{"slider", wordsFor(row.slider).name},
                        {"spearman", byName(row.correlation)},
                        {"spearman_by_seed", byName(row.bySeed)},
                        {"moved", byName(row.moved)},
                        {"loudness_drift_lu", row.loudnessDrift}});
        console.line(
            fmt::format("{:<11} loudness drifts by {:.2f} LU", wordsFor(row.slider).name, row.loudnessDrift));
    }
    console.document({{"positions", matrix->positions},
                      {"seeds", matrix->seeds},
                      {"tools", !judgement.withoutTools},
                      {"sliders", rows}});
    return {};
}

}  // namespace smidgen::cli
