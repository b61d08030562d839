// Any bytes at all from a MIDI device, with learning and mappings of every kind.
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "engine/control/control_desk.h"
#include "tests/fuzz/memory_file.h"

namespace {

using namespace smidgen;
using smidgen::fuzz::expect;

std::vector<ControlTarget> targets() {
    return controlTargets(R"({"shortcuts": [{"id": "transport.loop", "text": "Loop", "toggle": true},
                                            {"id": "generate.dice", "text": "Dice"}]})");
}

std::vector<ControlMapping> mappings() {
    std::vector<ControlMapping> all;
    for (const SourceKind kind : {SourceKind::controller, SourceKind::controllerPair, SourceKind::nrpn,
                                  SourceKind::note, SourceKind::pitchBend, SourceKind::program})
        for (const char* target : {"slider.space", "transport.loop", "generate.dice"}) {
            ControlMapping mapping;
            mapping.target = target;
            mapping.source = {kind, 0, kind == SourceKind::pitchBend ? 0 : 7};
            mapping.takeOver = kind == SourceKind::nrpn ? TakeOver::jump : TakeOver::pickUp;
            all.push_back(mapping);
        }
    for (const Encoding encoding :
         {Encoding::twosComplement, Encoding::binaryOffset, Encoding::signMagnitude}) {
        ControlMapping mapping;
        mapping.target = "slider.warmth";
        mapping.source = {SourceKind::controller, 1, 20};
        mapping.encoding = encoding;
        all.push_back(mapping);
    }
    return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    ControlDesk desk(targets(), {});
    desk.addPort("box");
    desk.setMappings(mappings());
    if (size > 0 && bytes[0] % 4 == 0) desk.learn(desk.targets()[bytes[0] / 4 % desk.targets().size()]);
    desk.heardMidi(0, {bytes, size});
    const TakenControls taken = desk.take(static_cast<double>(size));
    for (const HeardMove& heard : taken.moves) {
        expect(heard.move.value >= 0 && heard.move.value <= largestValue(heard.move.source.kind));
        expect(heard.move.source.number >= 0 &&
               heard.move.source.number <= largestNumber(heard.move.source.kind));
        expect(heard.move.source.channel >= 1 && heard.move.source.channel <= 16);
    }
    for (const ControlChange& change : taken.changes)
        expect(std::isfinite(change.value) && change.value >= 0 && change.value <= 1);
    if (taken.learned) expect(checkMapping(*taken.learned, desk.targets()).has_value());
    return 0;
}
