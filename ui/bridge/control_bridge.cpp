#include "ui/bridge/control_bridge.h"

#include <QCoreApplication>
#include <QMetaObject>
#include <algorithm>

#include "ui/bridge/text.h"
#include "ui/bridge/words.h"

namespace smidgen::ui {

namespace {
constexpr int kLookMs = 1500;

class Sources {
    Q_DECLARE_TR_FUNCTIONS(Sources)
};

/// As smidgen::describe, in the window's language.
QString sourceText(const ControlSource& source) {
    QString name;
    switch (source.kind) {
        case SourceKind::controller:
            name = Sources::tr("Controller %1").arg(source.number);
            break;
        case SourceKind::controllerPair:
            name = Sources::tr("Controllers %1 and %2 (14 bits)").arg(source.number).arg(source.number + 32);
            break;
        case SourceKind::nrpn:
            name = Sources::tr("NRPN %1").arg(source.number);
            break;
        case SourceKind::note:
            name = Sources::tr("Note %1").arg(source.number);
            break;
        case SourceKind::pitchBend:
            name = Sources::tr("Pitch bend");
            break;
        case SourceKind::program:
            name = Sources::tr("Program %1").arg(source.number);
            break;
    }
    return source.channel == 0 ? Sources::tr("%1 on any channel").arg(name)
                               : Sources::tr("%1 on channel %2").arg(name).arg(source.channel);
}

}  // namespace

ControlBridge::ControlBridge(std::filesystem::path file, const QByteArray& shortcuts, QObject* parent)
    : QObject(parent),
      m_file(std::move(file)),
      m_desk(controlTargets(shortcuts.toStdString()),
             [this] { QMetaObject::invokeMethod(this, &ControlBridge::take, Qt::QueuedConnection); }),
      m_ports(
          {[this](const std::string& name) { return m_desk.addPort(name); },
           [this](int port, std::span<const std::uint8_t> message) { m_desk.heardMidi(port, message); }}) {
    m_clock.start();
    ReadControlSettings read = readControlSettings(m_file, m_desk.targets());
    m_settings = std::move(read.settings);
    m_readProblem = toText(read.problem);
    m_desk.onMidiReply([this](const MidiReply& reply) {
        for (const ChannelMessage& message : reply.messages)
            m_ports.send(reply.port, bytesOf(message).span());
    });
    m_desk.setMappings(m_settings.mappings);
    m_look.setInterval(kLookMs);
    connect(&m_look, &QTimer::timeout, this, &ControlBridge::look);
}

ControlBridge::~ControlBridge() {
    m_desk.closeOsc();
    m_desk.onMidiReply({});
    static_cast<void>(m_ports.listenTo(false, {}));
}

void ControlBridge::start() {
    if (!m_readProblem.isEmpty()) Q_EMIT warned(m_readProblem);
    m_readProblem.clear();
    tell(m_ports.listenTo(m_settings.allInputs, m_settings.inputs));
    m_look.start();
    if (m_settings.osc)
        if (const Status opened = m_desk.openOsc(m_settings.oscPort, m_settings.oscOpen); !opened)
            Q_EMIT warned(toText(opened.error().sentence));
    Q_EMIT portsChanged();
}

QString ControlBridge::nameOf(const std::string& target) const {
    const ControlTarget* found = findTarget(targets(), target);
    if (const auto slider = sliderOf(target))
        if (const auto attribute = attributeNamed(*slider)) return attributeText(*attribute).name;
    if (found == nullptr) return toText(target);
    // The table of shortcuts calls some of them with dots at the end, a target goes without.
    for (const QString& name : {toText(found->name), toText(found->name) + u'…'})
        if (const QString shown = QCoreApplication::translate("Shortcuts", name.toUtf8().constData());
            shown != name)
            return QString(shown).remove(u'…');
    return toText(found->name);
}

QString ControlBridge::describe(const ControlMapping& mapping) {
    const QString control = sourceText(mapping.source);
    return mapping.port.empty() ? control : tr("%1 of %2").arg(control, toText(mapping.port));
}

bool ControlBridge::isMapped(const std::string& target) const {
    return std::any_of(m_settings.mappings.begin(), m_settings.mappings.end(),
                       [&](const ControlMapping& mapping) { return mapping.target == target; });
}

Result<QStringList> ControlBridge::setMapping(std::size_t index, const ControlMapping& mapping) {
    if (Status fits = checkMapping(mapping, targets()); !fits) return propagate(fits);
    QStringList others;
    for (const std::string& each : conflictsOf(mapping, m_settings.mappings, targets(), index))
        others.append(toText(each));
    if (index < m_settings.mappings.size())
        m_settings.mappings[index] = mapping;
    else
        m_settings.mappings.push_back(mapping);
    useMappings();
    return others;
}

void ControlBridge::removeMapping(std::size_t index) {
    if (index >= m_settings.mappings.size()) return;
    m_settings.mappings.erase(m_settings.mappings.begin() + static_cast<std::ptrdiff_t>(index));
    useMappings();
}

void ControlBridge::forget(const std::string& target) {
    std::erase_if(m_settings.mappings,
                  [&](const ControlMapping& mapping) { return mapping.target == target; });
    useMappings();
}

void ControlBridge::listenTo(bool all, std::vector<std::string> names) {
    m_settings.allInputs = all;
    m_settings.inputs = std::move(names);
    save();
    tell(m_ports.listenTo(all, m_settings.inputs));
    m_look.start();
    Q_EMIT portsChanged();
}

Status ControlBridge::setOsc(bool on, int port, bool otherMachines) {
    m_settings.osc = on;
    m_settings.oscPort = port;
    m_settings.oscOpen = otherMachines;
    save();
    Status opened;
    if (on)
        opened = m_desk.openOsc(port, otherMachines);
    else
        m_desk.closeOsc();
    Q_EMIT portsChanged();
    return opened;
}

void ControlBridge::learn(const std::string& target) {
    const ControlTarget* found = findTarget(targets(), target);
    if (found == nullptr) return;
    m_desk.learn(*found);
    m_learning = target;
    Q_EMIT learningChanged();
}

void ControlBridge::cancelLearning() {
    m_desk.cancelLearning();
    m_learning.reset();
    Q_EMIT learningChanged();
}

QString ControlBridge::learningHint() const {
    return toText(m_desk.learningHint());
}

void ControlBridge::report(const std::string& target, std::optional<double> value) {
    m_desk.moved(target, value, now());
}

void ControlBridge::take() {
    TakenControls taken = m_desk.take(now());
    for (const ControlChange& change : taken.changes) Q_EMIT asked(change);
    if (taken.learned) bind(*std::move(taken.learned));
    if (m_learning && !taken.moves.empty()) Q_EMIT learningChanged();
    if (!m_learning && taken.changes.empty() && !taken.moves.empty()) noteWaiting(taken.moves.back());
    for (const std::string& refusal : taken.refusals) Q_EMIT noted(tr("OSC: %1").arg(toText(refusal)));
    if (taken.changes.empty()) return;
    const ControlChange& last = taken.changes.back();
    QString from = tr("OSC");
    if (const auto mapping = last.origin.mapping; mapping && *mapping < m_settings.mappings.size())
        from = describe(m_settings.mappings[*mapping]);
    QString what = last.kind == ControlChange::Kind::seed ? tr("Seed") : nameOf(last.target);
    if (last.kind == ControlChange::Kind::position) what += u' ' + numberText(last.value, 2);
    Q_EMIT noted(tr("%1 · %2").arg(what, from));
}

/// A control that moves nothing because its slider stands elsewhere: where to turn it.
void ControlBridge::noteWaiting(const HeardMove& move) {
    for (std::size_t i = 0; i < m_settings.mappings.size(); ++i) {
        const ControlMapping& mapping = m_settings.mappings[i];
        const auto stands = m_desk.waitingAt(i);
        const auto slider = m_desk.state().find(mapping.target);
        if (!stands || !hears(mapping.source, move.move.source) || slider == m_desk.state().end()) continue;
        Q_EMIT noted(tr("%1 stands at %2, %3 at %4: move it past there to pick the slider up.")
                         .arg(nameOf(mapping.target), numberText(slider->second, 2), describe(mapping),
                              numberText(*stands, 2)));
        return;
    }
}

void ControlBridge::bind(ControlMapping mapping) {
    m_learning.reset();
    QStringList sentences{tr("%1 now moves %2.").arg(describe(mapping), nameOf(mapping.target))};
    // The same control twice on one target is one mapping.
    std::erase_if(m_settings.mappings, [&](const ControlMapping& other) {
        return other.target == mapping.target && other.source == mapping.source && other.port == mapping.port;
    });
    for (const std::string& each : conflictsOf(mapping, m_settings.mappings, targets()))
        sentences.append(toText(each));
    m_settings.mappings.push_back(std::move(mapping));
    useMappings();
    Q_EMIT learningChanged();
    Q_EMIT learned(sentences.join(u' '));
}

void ControlBridge::useMappings() {
    m_desk.setMappings(m_settings.mappings);
    m_desk.showEverything(now());
    save();
    Q_EMIT mappingsChanged();
}

void ControlBridge::save() {
    if (const Status written = writeControlSettings(m_file, m_settings); !written)
        Q_EMIT warned(toText(written.error().sentence));
}

void ControlBridge::look() {
    const MidiPorts::Changes changes = m_ports.refresh();
    tell(changes);
    if (!changes.came.empty() || !changes.went.empty()) Q_EMIT portsChanged();
}

void ControlBridge::tell(const MidiPorts::Changes& changes) {
    for (const std::string& name : changes.went)
        Q_EMIT warned(tr("The MIDI input %1 was unplugged; it is listened to again when it is back.")
                          .arg(toText(name)));
    for (const std::string& sentence : changes.refused) Q_EMIT warned(toText(sentence));
    if (changes.came.empty()) return;
    for (const std::string& name : changes.came) m_desk.forgetPort(name);
    m_desk.showEverything(now());
}

}  // namespace smidgen::ui
