#include "engine/control/midi_decoder.h"

#include <algorithm>

namespace smidgen {
namespace {

constexpr int kDataCoarse = 6, kDataFine = 38, kDataUp = 96, kDataDown = 97;
constexpr int kNrpnFine = 98, kNrpnCoarse = 99, kRpnFine = 100, kRpnCoarse = 101;
constexpr int kFirstChannelMode = 120;
constexpr int kNothingChosen = 16383;

}  // namespace

int MidiDecoder::Channel::parameter() const {
    if (registered || parameterCoarse < 0 || parameterFine < 0) return -1;
    const int number = parameterCoarse * 128 + parameterFine;
    return number == kNothingChosen ? -1 : number;
}

std::vector<MidiMove> MidiDecoder::read(const ChannelMessage& message) {
    std::vector<MidiMove> moves;
    const int channel = message.channel();
    const auto index = static_cast<std::size_t>(channel - 1);
    const int first = message.first & 0x7F;
    const int second = message.second & 0x7F;
    switch (message.kind()) {
        case 0x80:
        case 0x90: {
            const int velocity = message.kind() == 0x90 ? second : 0;
            bool& sounding = m_sounding[index][static_cast<std::size_t>(first)];
            if (velocity > 0 || sounding) moves.push_back({{SourceKind::note, channel, first}, velocity});
            sounding = velocity > 0;
            break;
        }
        case 0xB0:
            readController(channel, first, second, moves);
            break;
        case 0xC0:
            moves.push_back({{SourceKind::program, channel, first}, 127});
            break;
        case 0xE0:
            moves.push_back({{SourceKind::pitchBend, channel, 0}, second * 128 + first});
            break;
        default:
            break;
    }
    return moves;
}

void MidiDecoder::readController(int channel, int number, int value, std::vector<MidiMove>& moves) {
    if (number >= kFirstChannelMode || readParameter(channel, number, value, moves)) return;
    moves.push_back({{SourceKind::controller, channel, number}, value});
    if (number >= 64) return;
    auto& coarse = m_channels[static_cast<std::size_t>(channel - 1)].coarse;
    const int pair = number % 32;
    int& known = coarse[static_cast<std::size_t>(pair)];
    if (number < 32) known = value;
    if (known < 0) return;
    moves.push_back({{SourceKind::controllerPair, channel, pair}, known * 128 + (number < 32 ? 0 : value)});
}

bool MidiDecoder::readParameter(int channel, int number, int value, std::vector<MidiMove>& moves) {
    Channel& state = m_channels[static_cast<std::size_t>(channel - 1)];
    if (number == kNrpnCoarse || number == kNrpnFine) {
        (number == kNrpnCoarse ? state.parameterCoarse : state.parameterFine) = value;
        state.registered = false;
        return true;
    }
    if (number == kRpnCoarse || number == kRpnFine) {
        (number == kRpnCoarse ? state.registeredCoarse : state.registeredFine) = value;
        // "None chosen" (127, 127) makes 6 and 38 plain controllers again.
        state.registered = state.registeredCoarse != 127 || state.registeredFine != 127;
        if (!state.registered) state.parameterCoarse = state.parameterFine = -1;
        return true;
    }
    const bool data =
        number == kDataCoarse || number == kDataFine || number == kDataUp || number == kDataDown;
    if (!data) return false;
    if (state.registered) return true;
    const int parameter = state.parameter();
    if (parameter < 0) return false;
    const auto known = m_parameters.find({channel, parameter});
    const int before = known == m_parameters.end() ? -1 : known->second;
    int now = before;
    if (number == kDataCoarse) now = value * 128;
    if (number == kDataFine) now = (std::max(before, 0) / 128) * 128 + value;
    if (number == kDataUp || number == kDataDown) {
        if (before < 0) return true;  // one up from where?
        now = std::clamp(before + (number == kDataUp ? 1 : -1), 0, 16383);
    }
    m_parameters[{channel, parameter}] = now;
    moves.push_back({{SourceKind::nrpn, channel, parameter}, now});
    return true;
}

std::vector<ChannelMessage> messagesFor(const ControlSource& source, int value) {
    const auto low = static_cast<std::uint8_t>(value % 128);
    const auto high = static_cast<std::uint8_t>(value / 128);
    const auto channel = static_cast<std::uint8_t>(std::max(source.channel, 1) - 1);
    const auto controller = [&](int number, std::uint8_t data) {
        return ChannelMessage{static_cast<std::uint8_t>(0xB0 | channel), static_cast<std::uint8_t>(number),
                              data};
    };
    switch (source.kind) {
        case SourceKind::controller:
            return {controller(source.number, low)};
        case SourceKind::controllerPair:
            return {controller(source.number, high), controller(source.number + 32, low)};
        case SourceKind::nrpn:
            return {controller(kNrpnCoarse, static_cast<std::uint8_t>(source.number / 128)),
                    controller(kNrpnFine, static_cast<std::uint8_t>(source.number % 128)),
                    controller(kDataCoarse, high), controller(kDataFine, low)};
        case SourceKind::note:
            return {
                {static_cast<std::uint8_t>(0x90 | channel), static_cast<std::uint8_t>(source.number), low}};
        case SourceKind::pitchBend:
            return {{static_cast<std::uint8_t>(0xE0 | channel), low, high}};
        case SourceKind::program:
            return {};
    }
    return {};
}

}  // namespace smidgen
