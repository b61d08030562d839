// Any bytes at all as an OSC packet: read, understood, and written again.
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "engine/control/osc_addresses.h"
#include "tests/fuzz/memory_file.h"

namespace {

using namespace smidgen;
using smidgen::fuzz::expect;

const OscAddresses& addresses() {
    static const OscAddresses kAddresses(controlTargets(
        R"({"shortcuts": [{"id": "transport.toggle", "text": "Play", "toggle": true},
                          {"id": "transport.loop", "text": "Loop", "toggle": true},
                          {"id": "generate.one", "text": "Generate"}]})"));
    return kAddresses;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto messages = readOscPacket({bytes, size});
    if (!messages) {
        fuzz::expectSentence(messages.error());
        return 0;
    }
    for (const OscMessage& message : *messages) {
        const auto requests = addresses().read(message);
        if (!requests) {
            fuzz::expectSentence(requests.error());
        } else {
            for (const OscRequest& request : *requests)
                expect(std::isfinite(request.change.value) && std::abs(request.change.value) <= 64);
        }
        const auto again = readOscPacket(writeOscMessage(message));
        expect(again.has_value() && again->size() == 1 && again->front().address == message.address);
        expect(again->front().values.size() == message.values.size());
    }
    return 0;
}
