// synthesize: sounds from seeds, for someone who has none at hand.
#include <spdlog/fmt/fmt.h>

#include <memory>
#include <optional>

#include "app/cli/commands.h"
#include "app/cli/figures.h"
#include "app/cli/option_checks.h"
#include "app/cli/sound_options.h"
#include "engine/foundation/atomic_file.h"
#include "engine/synthesis/sound_synthesizer.h"

namespace smidgen::cli {
namespace {

struct SynthesizeOptions {
    std::string out, family;
    SoundOptions sound;
    int count = 40;
    std::uint64_t seed = 1;
    double seconds = 2;
};

struct PlannedSound {
    SoundFamily family;
    std::uint64_t seed;
    std::filesystem::path file;
};

/// What will be written, none of it there yet. Errors: invalidArgument, before anything is made.
Result<std::vector<PlannedSound>> planSounds(const SynthesizeOptions& options,
                                             const std::filesystem::path& folder, FileFormat format) {
    const std::optional<SoundFamily> chosen = soundFamilyNamed(options.family);
    std::vector<PlannedSound> plan;
    for (int i = 0; i < options.count; ++i) {
        const std::uint64_t seed = options.seed + static_cast<std::uint64_t>(i);
        const SoundFamily family = chosen.value_or(soundFamilyOf(seed));
        const std::string_view name = soundFamilies()[static_cast<std::size_t>(family)].name;
        std::filesystem::path file = folder / fmt::format("{}-{}.{}", name, seed, fileExtension(format));
        std::error_code problem;
        if (std::filesystem::exists(file, problem)) {
            return failure(ErrorCode::invalidArgument,
                           displayName(file) + " exists already. Name another folder, or another --seed.");
        }
        plan.push_back({family, seed, std::move(file)});
    }
    return plan;
}

Status synthesize(Session& session, const SynthesizeOptions& options) {
    Console& console = session.console();
    const OutputPlace place{true, options.out};
    auto profile = writeProfile(options.sound, place);
    if (!profile) return propagate(profile);
    auto plan = planSounds(options, place.path, profile->format);
    if (!plan) return propagate(plan);
    std::error_code problem;
    if (std::filesystem::create_directories(place.path, problem); problem) {
        return systemFailure(problem.value(), "make", place.path);
    }
    nlohmann::json sounds = nlohmann::json::array();
    for (const PlannedSound& planned : *plan) {
        if (session.cancel().cancelled()) return stopped("Stopped; the sounds made so far are kept.");
        const std::string_view family = soundFamilies()[static_cast<std::size_t>(planned.family)].name;
        console.progress(fmt::format("Sound {} of {}: {} …", sounds.size() + 1, plan->size(), family));
        AudioBuffer buffer;
        buffer.channels.push_back(synthesizeSound(planned.family, planned.seed, options.seconds));
        WriteOptions writing;
        writing.profile = *profile;
        writing.tags = {{"title", displayName(planned.file.stem())}, {"software", "Smidgen"}};
        writing.overwrite = false;
        auto written = writeAudio(buffer, planned.file, writing, session.cancel());
        if (!written) return propagate(written);
        sounds.push_back({{"file", displayName(written->path)},
                          {"family", family},
                          {"seed", planned.seed},
                          {"seconds", buffer.duration().value}});
        console.line(fmt::format("{}: {}, seed {}, {}", displayName(written->path), family, planned.seed,
                                 secondsText(buffer.duration().value)));
    }
    console.document({{"folder", displayName(place.path)}, {"sounds", sounds}});
    return {};
}

std::vector<std::string> familyNames() {
    std::vector<std::string> names;
    for (const SoundFamilyEntry& entry : soundFamilies()) names.emplace_back(entry.name);
    return names;
}

}  // namespace

void addSynthesizeCommand(CLI::App& app, Invocation& invocation) {
    CLI::App* command =
        addCommand(app, "synthesize", "Make sounds from nothing, to try the rest without any of your own",
                   "  smidgen synthesize --out toys\n"
                   "  smidgen synthesize --out bells --family modal --count 12 --seconds 4\n"
                   "  smidgen train toys --name toys --minutes 3\n"
                   "The same seed makes the same sound. They are yours: no recording is in them.");
    const auto options = std::make_shared<SynthesizeOptions>();
    command->add_option("--out", options->out, "Folder, made when missing; nothing in it is overwritten")
        ->required()
        ->type_name("DIR")
        ->check(notEmpty());
    command->add_option("--count", options->count, "How many sounds, from following seeds")
        ->check(wholeNumber(1, 10000))
        ->capture_default_str();
    command->add_option("--seed", options->seed, "Seed of the first sound")
        ->check(wholeNumber(0, 1'000'000'000'000))
        ->capture_default_str();
    command->add_option("--seconds", options->seconds, "Length of a sound")
        ->check(numberBetween(0.05, kLongestSynthesis, "seconds"))
        ->capture_default_str();
    command->add_option("--family", options->family, "Only this kind of sound (default: all)")
        ->check(oneOf(familyNames()));
    addSoundOptions(*command, options->sound);
    command->callback([options, &invocation] {
        invocation.run = [options](Session& session) { return synthesize(session, *options); };
    });
}

}  // namespace smidgen::cli
