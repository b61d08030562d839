#include "models/code_prior.h"

#include <algorithm>
#include <new>
#include <optional>
#include <utility>

#include "engine/foundation/atomic_file.h"
#include "models/code_prior_file.h"
#include "models/code_prior_stream.h"
#include "models/code_sampling.h"

namespace smidgen::models {
namespace {

constexpr std::uint64_t kDrawStream = 0x64726177ULL;
/// An hour of the fastest codes there are.
constexpr std::int64_t kMostFrames = 1 << 22;

std::size_t index(std::int64_t value) {
    return static_cast<std::size_t>(value);
}

std::int64_t framesOf(std::span<const PriorSection> sections) {
    std::int64_t frames = 0;
    for (const PriorSection& section : sections) {
        if (section.frames < 1 || section.frames > kMostFrames - frames) return 0;
        frames += section.frames;
    }
    return frames;
}

Status checkRequest(const CodePriorShape& shape, const MelCodes& grid, std::int64_t frames) {
    if (frames < 1)
        return failure(ErrorCode::invalidArgument, "Say how long the sound is to be: a day at most.");
    if (!grid.codes.empty() &&
        (grid.levels != shape.levels || grid.codes.size() % index(shape.levels) != 0 ||
         std::ranges::any_of(grid.codes, [&](int code) { return code >= shape.codebookSize; })))
        return failure(ErrorCode::invalidArgument, "The codes given do not belong to this model.");
    if (grid.frames().value > frames)
        return failure(ErrorCode::invalidArgument,
                       "What is there already is longer than the sound it is to become.");
    return {};
}

tl::unexpected<Error> tooLong() {
    return failure(ErrorCode::outOfMemory,
                   "There is not enough memory for a sound of this length. Choose a shorter duration.");
}

/// Walks a grid in delay pattern, hearing what is known and what `decide` adds.
class DelayWalk {
 public:
    DelayWalk(const CodePriorShape& shape, std::int64_t frames)
        : m_shape(shape), m_frames(frames), m_cells(index(frames * shape.levels), absentCode(shape)) {}

    [[nodiscard]] std::int64_t steps() const { return m_frames + m_shape.levels - 1; }
    [[nodiscard]] int& cell(std::int64_t frame, std::int64_t level) {
        return m_cells[index(frame * m_shape.levels + level)];
    }
    [[nodiscard]] bool inside(std::int64_t frame) const { return frame >= 0 && frame < m_frames; }
    /// What a step hears: the row of the step before.
    [[nodiscard]] std::vector<int> heardAt(std::int64_t step) {
        std::vector<int> heard(index(m_shape.levels), absentCode(m_shape));
        for (std::int64_t level = 0; level < m_shape.levels; ++level) {
            const std::int64_t frame = step - 1 - level;
            if (inside(frame)) heard[index(level)] = cell(frame, level);
        }
        return heard;
    }

 private:
    const CodePriorShape& m_shape;
    std::int64_t m_frames;
    std::vector<int> m_cells;
};

/// Which cells are to be drawn, and the surroundings of them that the causal order does not show.
struct Plan {
    std::vector<std::uint8_t> open;
    bool surrounded = false;  ///< something known stands after something open
};

Plan planOf(const PriorRequest& request, std::int64_t frames, int levels) {
    Plan plan;
    const std::size_t cells = index(frames * levels);
    if (!request.open.empty()) {
        for (const std::uint8_t flag : request.open) plan.open.push_back(flag != 0 ? 1 : 0);
        const auto first = std::ranges::find(plan.open, 1);
        plan.surrounded = std::find(first, plan.open.end(), 0) != plan.open.end();
        return plan;
    }
    plan.open.assign(cells, 1);
    std::fill_n(plan.open.begin(), request.given.codes.size(), std::uint8_t{0});
    return plan;
}

}  // namespace

struct CodePrior::Impl {
    explicit Impl(StoredPrior stored)
        : runtime(std::move(stored.parameters)),
          sources(std::move(stored.sources)),
          metadata(std::move(stored.metadata)) {}
    PriorRuntime runtime;
    std::vector<CodedSound> sources;
    std::map<std::string, std::string> metadata;
};

CodePrior::CodePrior(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
CodePrior::CodePrior(CodePrior&&) noexcept = default;
CodePrior& CodePrior::operator=(CodePrior&&) noexcept = default;
CodePrior::~CodePrior() = default;

Result<CodePrior> CodePrior::load(const std::filesystem::path& model) {
    auto file = loadWeights(model);
    if (!file) return propagate(file);
    try {
        auto stored = loadPrior(*file, displayName(model));
        if (!stored) return propagate(stored);
        return fromStored(std::move(*stored));
    } catch (const std::bad_alloc&) {
        return failure(ErrorCode::outOfMemory,
                       "There is not enough memory to open '" + displayName(model) + "'.");
    }
}

CodePrior CodePrior::fromStored(StoredPrior stored) {
    return CodePrior(std::make_unique<Impl>(std::move(stored)));
}

const CodePriorShape& CodePrior::shape() const {
    return m_impl->runtime.parameters.shape;
}
const std::map<std::string, std::string>& CodePrior::metadata() const {
    return m_impl->metadata;
}
const std::vector<CodedSound>& CodePrior::sources() const {
    return m_impl->sources;
}
std::int64_t CodePrior::parameterCount() const {
    return static_cast<std::int64_t>(m_impl->runtime.parameters.flat.size());
}

Result<MelCodes> CodePrior::sample(const PriorRequest& request, const CancelToken& cancel,
                                   const std::function<void(double)>& progress) const {
    const CodePriorShape& shape = this->shape();
    const std::int64_t frames = framesOf(request.sections);
    if (auto valid = checkRequest(shape, request.given, frames); !valid) return propagate(valid);
    if (auto valid = request.sampling.validate(); !valid) return propagate(valid);
    if (!request.open.empty() &&
        (request.given.frames().value != frames || request.open.size() != request.given.codes.size()))
        return failure(ErrorCode::invalidArgument,
                       "To fill in cells, give the whole grid and one flag for each of its cells.");
    try {
        const Plan plan = planOf(request, frames, shape.levels);
        const double guidance = request.sampling.guidance;
        std::vector<ToldRows> told;
        if (guidance != 0) told.emplace_back(m_impl->runtime, request.sections, true);
        if (guidance != 1) told.emplace_back(m_impl->runtime, request.sections, false);
        CodePriorStream stream(m_impl->runtime, told);

        DelayWalk walk(shape, frames);
        for (std::int64_t i = 0; i < static_cast<std::int64_t>(request.given.codes.size()); ++i)
            if (plan.open[index(i)] == 0)
                walk.cell(i / shape.levels, i % shape.levels) = request.given.codes[index(i)];
        if (plan.surrounded) {
            std::vector<int> surroundings;
            for (std::size_t i = 0; i < plan.open.size(); ++i)
                surroundings.push_back(plan.open[i] != 0 ? hiddenCode(shape) : request.given.codes[i]);
            stream.remember(surroundings);
        }
        std::int64_t lastOpen = -1;
        for (std::int64_t i = 0; i < static_cast<std::int64_t>(plan.open.size()); ++i)
            if (plan.open[index(i)] != 0) lastOpen = std::max(lastOpen, i / shape.levels + i % shape.levels);

        std::vector<float> mixed(index(shape.levels) * index(shape.codebookSize));
        for (std::int64_t step = 0; step <= lastOpen; ++step) {
            if (cancel.cancelled())
                return failure(ErrorCode::cancelled, "The sound was not finished: it was cancelled.");
            const auto isOpen = [&](std::int64_t level) {
                const std::int64_t frame = step - level;
                return walk.inside(frame) && plan.open[index(frame * shape.levels + level)] != 0;
            };
            bool wanted = false;
            for (std::int64_t level = 0; level < shape.levels; ++level) wanted = wanted || isOpen(level);
            stream.step(walk.heardAt(step), wanted);
            if (!wanted) continue;
            std::span<const float> logits = stream.logits(0);
            if (told.size() == 2) {
                // Classifier-free guidance (Ho & Salimans 2022) on the logits.
                const auto free = stream.logits(1);
                const auto scale = static_cast<float>(guidance);
                for (std::size_t i = 0; i < mixed.size(); ++i)
                    mixed[i] = free[i] + scale * (logits[i] - free[i]);
                logits = mixed;
            }
            for (std::int64_t level = 0; level < shape.levels; ++level) {
                if (!isOpen(level)) continue;
                Random random(mixSeed(request.sampling.seed, kDrawStream,
                                      static_cast<std::uint64_t>(step - level),
                                      static_cast<std::uint64_t>(level)));
                const auto size = index(shape.codebookSize);
                walk.cell(step - level, level) =
                    drawCode(logits.subspan(index(level) * size, size), request.sampling, random);
            }
            if (progress) progress(static_cast<double>(step + 1) / static_cast<double>(lastOpen + 1));
        }
        MelCodes grid;
        grid.levels = shape.levels;
        for (std::int64_t frame = 0; frame < frames; ++frame)
            for (std::int64_t level = 0; level < shape.levels; ++level)
                grid.codes.push_back(static_cast<std::uint16_t>(walk.cell(frame, level)));
        return grid;
    } catch (const std::bad_alloc&) {
        return tooLong();
    }
}

Result<std::vector<float>> CodePrior::logits(const MelCodes& grid,
                                             std::span<const PriorSection> sections) const {
    const CodePriorShape& shape = this->shape();
    const std::int64_t frames = framesOf(sections);
    if (auto valid = checkRequest(shape, grid, frames); !valid) return propagate(valid);
    if (grid.frames().value != frames)
        return failure(ErrorCode::invalidArgument, "The sections do not cover the codes given.");
    try {
        const ToldRows told(m_impl->runtime, sections, true);
        CodePriorStream stream(m_impl->runtime, {&told, 1});
        DelayWalk walk(shape, frames);
        for (std::int64_t i = 0; i < static_cast<std::int64_t>(grid.codes.size()); ++i)
            walk.cell(i / shape.levels, i % shape.levels) = grid.codes[index(i)];
        const auto size = static_cast<std::int64_t>(shape.codebookSize);
        std::vector<float> result(grid.codes.size() * index(size));
        for (std::int64_t step = 0; step < walk.steps(); ++step) {
            stream.step(walk.heardAt(step), true);
            const auto logits = stream.logits(0);
            for (std::int64_t level = 0; level < shape.levels; ++level) {
                const std::int64_t frame = step - level;
                if (!walk.inside(frame)) continue;
                std::copy_n(logits.begin() + level * size, size,
                            result.begin() + (frame * shape.levels + level) * size);
            }
        }
        return result;
    } catch (const std::bad_alloc&) {
        return tooLong();
    }
}

Result<std::vector<double>> CodePrior::surprise(const MelCodes& grid,
                                                std::span<const PriorSection> sections) const {
    auto all = logits(grid, sections);
    if (!all) return propagate(all);
    const auto size = index(shape().codebookSize);
    const auto levels = index(shape().levels);
    std::vector<double> perFrame(index(grid.frames().value));
    for (std::size_t i = 0; i < grid.codes.size(); ++i) {
        const auto cell = std::span<const float>(*all).subspan(i * size, size);
        perFrame[i / levels] -= logProbabilities(cell)[grid.codes[i]] / static_cast<double>(levels);
    }
    return perFrame;
}

}  // namespace smidgen::models
