#include "app/cli/sound_options.h"

#include "app/cli/option_checks.h"

namespace smidgen::cli {

void addSoundOptions(CLI::App& command, SoundOptions& options) {
    command
        .add_option(
            "--format", options.format,
            "What to write: wav, flac, aiff, vorbis, opus or mp3; default: by the name's extension, else wav")
        ->check(oneOf({"wav", "flac", "aiff", "vorbis", "opus", "mp3"}));
    command
        .add_option("--rate", options.rate,
                    "Sample rate in Hz; default: the input's, where there is one, else 48000")
        ->check(wholeNumber(8000, 192000));
    command.add_option("--depth", options.depth, "Bits a sample, where the format has a choice (default 24)")
        ->check(oneOf({"16", "24", "32f"}));
}

}  // namespace smidgen::cli
