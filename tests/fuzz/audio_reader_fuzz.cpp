// Any bytes at all as a sound file: opened, read, jumped about in, asked for tags.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/audio/audio_reader.h"
#include "engine/audio/audio_writer.h"
#include "tests/fuzz/memory_file.h"

// libsndfile 1.2.0 forgets 6 kB of each Ogg file whose Vorbis headers are damaged; any other leak is ours.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
    return "leak:vorbis_info_init\n";
}

namespace {

using namespace smidgen;
using smidgen::fuzz::expect;

void expectSentence(const Error& error) {
    fuzz::expectSentence(error);
    expect(error.code == ErrorCode::unusableInput);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const fuzz::MemoryFile file;
    file.fill(bytes, size);

    auto reader = AudioReader::open(file.path());
    if (!reader) {
        expectSentence(reader.error());
    } else {
        const AudioFormat& format = reader->format();
        expect(format.rate > 0 && format.channels > 0 && format.length.value >= 0);
        std::vector<float> block(static_cast<std::size_t>(1000 * format.channels));
        std::int64_t total = 0;
        for (int i = 0; i < 300; ++i) {
            const auto got = reader->read(block, 1000);
            if (!got) expectSentence(got.error());
            if (!got || *got == 0) break;
            total += *got;
        }
        expect(total <= format.length.value);
        if (format.length.value < 200000) {
            const auto sought = reader->seek(Samples(format.length.value / 2));
            if (!sought) expectSentence(sought.error());
        }
    }
    if (const auto sound = readAudio(file.path(), {Samples(0), Samples(50000), 10.0}))
        for (const auto& channel : sound->channels)
            expect(std::ranges::all_of(channel, [](float x) { return std::isfinite(x); }));
    if (const auto tags = readTags(file.path()); !tags) expectSentence(tags.error());
    return 0;
}
