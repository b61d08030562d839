#include "ui/pages/morph_panel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QSlider>
#include <QSpinBox>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "engine/workstation/cube_fill.h"
#include "ui/bridge/text.h"
#include "ui/canvas/code_words.h"
#include "ui/pages/node_picture.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {

constexpr std::uint32_t kUsualSide = 3;
constexpr int kMostSide = 16;
const QString kMorph = QStringLiteral("morph:");

}  // namespace

MorphPanel::MorphPanel(const Studio& studio, QWidget* parent) : QWidget(parent), m_studio(studio) {
    setObjectName(QStringLiteral("morph"));
    auto* heading = new QLabel(tr("MORPH"));
    setLook(*heading, Look::heading);
    m_cubes = new QComboBox;
    m_cubes->setObjectName(QStringLiteral("morphCube"));
    m_cubes->setAccessibleName(tr("Cube"));
    m_cubes->setPlaceholderText(tr("No cube yet"));
    m_cubes->setMinimumWidth(150);
    m_new = button(tr("New…"), QStringLiteral("morphNew"), tr("An empty cube to put sounds on."));
    m_rename = button(tr("Rename…"), QStringLiteral("morphRename"), tr("Gives the cube another name."));
    m_axes = button(tr("Axes…"), QStringLiteral("morphAxes"),
                    tr("Gives the axes names that say what changes along them: dark → bright."));
    m_fill = button(tr("Fill the gaps"), QStringLiteral("morphFill"),
                    tr("The chosen model makes a sound for every empty node, of what lies around it."));
    m_remove = button(tr("Delete"), QStringLiteral("morphRemove"),
                      tr("Moves the cube to the trash; undo brings it back."));
    m_put = button(tr("Put take"), QStringLiteral("morphPut"),
                   tr("Puts the chosen take on the node under the cursor; Enter does, too, and so does "
                      "dropping sounds."));
    m_clear =
        button(tr("Clear"), QStringLiteral("morphClear"), tr("Empties the node under the cursor (Del)."));
    m_match = button(tr("Match"), QStringLiteral("morphMatch"),
                     tr("Moves the dot to where the cube sounds most like the chosen take."));
    m_keep = button(tr("Keep as take"), QStringLiteral("morphKeep"),
                    tr("Makes a take of what the dot sounds like."));
    m_way =
        button(tr("Render way"), QStringLiteral("morphWay"), tr("Makes a take along the way that is drawn."));
    m_draw = new QToolButton;
    m_draw->setObjectName(QStringLiteral("morphDraw"));
    m_draw->setText(tr("Draw way"));
    m_draw->setCheckable(true);
    m_draw->setToolTip(
        tr("Dragging draws a way through the cube instead of moving the dot, and so do the arrows."));
    m_draw->setStatusTip(m_draw->toolTip());
    setLook(*m_draw, Look::toggle);
    m_corner =
        button(tr("Corner"), QStringLiteral("morphCorner"), tr("Lets the way go on to where the dot is."));
    m_passes = new QSpinBox;
    m_passes->setObjectName(QStringLiteral("morphPasses"));
    m_passes->setRange(1, kMostPasses);
    m_passes->setValue(4);
    m_passes->setAccessibleName(tr("How often the sound is heard on its way"));
    m_passes->setToolTip(m_passes->accessibleName());
    auto* back = button(tr("Sliders"), QStringLiteral("morphBack"), tr("Back to the sliders."));
    m_pad = new MorphPad(studio.theme);
    m_pad->setObjectName(QStringLiteral("morphPad"));
    m_pad->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    m_pad->setAccessibleName(tr("Morph pad"));
    explainPad();
    m_slice = new QSlider(Qt::Vertical);
    m_slice->setObjectName(QStringLiteral("morphSlice"));
    m_sliceName = new QLabel;
    setLook(*m_sliceName, Look::small);
    m_about = new QLabel;
    m_about->setObjectName(QStringLiteral("morphAbout"));
    setLook(*m_about, Look::small);

    auto* top = new QHBoxLayout;
    top->setSpacing(metrics::kSpaceS);
    for (QWidget* part :
         {static_cast<QWidget*>(heading), static_cast<QWidget*>(m_cubes), static_cast<QWidget*>(m_new),
          static_cast<QWidget*>(m_rename), static_cast<QWidget*>(m_axes), static_cast<QWidget*>(m_fill),
          static_cast<QWidget*>(m_remove)})
        top->addWidget(part);
    top->addStretch(1);
    top->addWidget(back);
    auto* side = new QVBoxLayout;
    side->addWidget(m_sliceName);
    side->addWidget(m_slice, 1);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(metrics::kSpaceS);
    middle->addWidget(m_pad, 1);
    middle->addLayout(side);
    auto* bottom = new QHBoxLayout;
    bottom->setSpacing(metrics::kSpaceS);
    for (QWidget* part :
         {static_cast<QWidget*>(m_put), static_cast<QWidget*>(m_clear), static_cast<QWidget*>(m_match),
          static_cast<QWidget*>(m_draw), static_cast<QWidget*>(m_corner), static_cast<QWidget*>(m_passes),
          static_cast<QWidget*>(m_way)})
        bottom->addWidget(part);
    bottom->addStretch(1);
    bottom->addWidget(m_keep);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kSpaceS);
    layout->addLayout(top);
    layout->addLayout(middle, 1);
    layout->addLayout(bottom);
    layout->addWidget(m_about);

    connect(m_cubes, &QComboBox::activated, this, &MorphPanel::open);
    connect(m_new, &QPushButton::clicked, this, &MorphPanel::makeCube);
    connect(m_rename, &QPushButton::clicked, this, &MorphPanel::renameCube);
    connect(m_remove, &QPushButton::clicked, this, &MorphPanel::removeCube);
    connect(m_axes, &QPushButton::clicked, this, &MorphPanel::nameAxes);
    connect(m_fill, &QPushButton::clicked, this, &MorphPanel::fillGaps);
    connect(m_put, &QPushButton::clicked, this, [this] { putChosen(m_pad->cursorNode()); });
    connect(m_clear, &QPushButton::clicked, this, [this] { clear(m_pad->cursorNode()); });
    connect(m_match, &QPushButton::clicked, this, &MorphPanel::match);
    connect(m_keep, &QPushButton::clicked, this, &MorphPanel::keepPlace);
    connect(m_way, &QPushButton::clicked, this, &MorphPanel::keepWay);
    connect(m_corner, &QPushButton::clicked, m_pad, &MorphPad::addCorner);
    connect(back, &QPushButton::clicked, this, &MorphPanel::closed);
    connect(m_draw, &QToolButton::toggled, this, [this](bool on) {
        m_pad->setDrawing(on);
        explainPad();
    });
    connect(m_pad, &MorphPad::menuRequested, this, &MorphPanel::openMenu);
    connect(m_pad, &MorphPad::dotMoved, this, &MorphPanel::hear);
    connect(m_pad, &MorphPad::putRequested, this, &MorphPanel::putChosen);
    connect(m_pad, &MorphPad::clearRequested, this, &MorphPanel::clear);
    connect(m_pad, &MorphPad::pathChanged, this, [this] { m_way->setEnabled(m_pad->path().size() > 1); });
    connect(m_pad, &MorphPad::dropped, this, [this](const QPoint& node, const QList<QUrl>& urls) {
        std::vector<std::string> files;
        for (const QUrl& url : urls)
            if (url.isLocalFile()) files.push_back(takeOrFile(url.toLocalFile()));
        put(node, files);
    });
    connect(m_slice, &QSlider::valueChanged, this, [this] {
        showSlice();
        hear();
    });
    connect(&studio.bridge, &EngineBridge::cubesChanged, this, &MorphPanel::readCubes);
    m_way->setEnabled(false);
    readCubes();
}

QPushButton* MorphPanel::button(const QString& text, const QString& name, const QString& hint) {
    auto* made = new QPushButton(text);
    made->setObjectName(name);
    made->setToolTip(hint);
    made->setStatusTip(hint);
    return made;
}

void MorphPanel::explainPad() {
    m_pad->setStatusTip(
        m_draw->isChecked()
            ? tr("Drag, or arrows, draw the way; with Ctrl from node to node. Backspace takes the last step "
                 "back, Esc all of it.")
            : tr("Drag the dot to hear what lies between the sounds; drop sounds on nodes. Arrows move the "
                 "dot, with Ctrl from node to node; Enter puts the chosen take there, Del clears."));
}

void MorphPanel::focusPad() {
    QWidget& target = m_pad->isEnabled() ? static_cast<QWidget&>(*m_pad) : *m_new;
    target.setFocus(Qt::ShortcutFocusReason);
}

CubeId MorphPanel::cube() const {
    return m_cubes->currentData().toString().toStdString();
}

QString MorphPanel::cubeName() const {
    return m_cubes->currentText();
}

int MorphPanel::slice() const {
    return m_slice->value();
}

void MorphPanel::say(const QString& text) {
    m_about->setText(text);
}

storage::Coordinate MorphPanel::placeOf(const QPointF& place) const {
    return {place.x(), place.y(), static_cast<double>(slice())};
}

CubePlace MorphPanel::nodeOf(const QPoint& node) const {
    return {static_cast<std::uint32_t>(node.x()), static_cast<std::uint32_t>(node.y()),
            static_cast<std::uint32_t>(slice())};
}

void MorphPanel::readCubes() {
    const QString before = m_cubes->currentData().toString();
    m_cubes->clear();
    for (const auto& each : cubesOf(m_studio.engine()))
        m_cubes->addItem(toText(each->name), toText(each->id));
    m_cubes->setCurrentIndex(m_cubes->count() == 0 ? -1 : std::max(0, m_cubes->findData(before)));
    const bool any = m_cubes->count() > 0;
    for (QPushButton* each : {m_rename, m_axes, m_fill, m_remove, m_put, m_clear, m_match, m_keep})
        each->setEnabled(any);
    for (QWidget* each : {static_cast<QWidget*>(m_pad), static_cast<QWidget*>(m_draw),
                          static_cast<QWidget*>(m_corner), static_cast<QWidget*>(m_passes)})
        each->setEnabled(any);
    open();
}

/// Reads the chosen cube off the window's thread: its nodes as pictures, and a voice.
void MorphPanel::open() {
    const CubeId id = cube();
    const std::uint64_t number = ++m_opening;
    if (id.empty()) {
        m_shown = {};
        m_pad->setGrid(kUsualSide, kUsualSide, tr("across"), tr("up"));
        m_pad->setNodes({});
        m_slice->hide();
        m_sliceName->hide();
        say(
            tr("A cube holds sounds on a grid, and what lies between them can be heard. Make one, and drop "
               "sounds or takes "
               "on its nodes."));
        return;
    }
    Workstation& engine = m_studio.engine();
    const std::vector<QRgb> shades = loudnessShades(m_studio.theme);
    m_studio.bridge.run(
        this,
        [&engine, id, shades]() -> Result<Shown> {
            auto listener = CubeListener::open(engine, id);
            if (!listener) return propagate(listener);
            Shown shown{id, *listener, {}};
            const storage::CubeLayout& layout = (*listener)->nodes().layout();
            for (std::uint32_t x = 0; x < layout.size[0]; ++x)
                for (std::uint32_t y = 0; y < layout.size[1]; ++y)
                    for (std::uint32_t z = 0; z < layout.size[2]; ++z) {
                        const storage::GridPoint at{x, y, z};
                        if ((*listener)->nodes().presence()[layout.indexOf(at)] == 0) continue;
                        auto node = (*listener)->nodes().load(at);
                        if (!node) return propagate(node);
                        const NodeOrigin origin = nodeOriginOf((*node)->metadata);
                        shown.nodes.emplace_back(
                            at, MorphPad::Node{static_cast<int>(x), static_cast<int>(y), toText(origin.name),
                                               nodePicture(**node, shades), madeByModel(origin)});
                    }
            return shown;
        },
        [this, number](Result<Shown> shown) {
            if (number != m_opening) return;
            if (!shown) {
                m_studio.notices.fail(shown.error());
                return;
            }
            const bool another = shown->id != m_shown.id;
            m_shown = std::move(*shown);
            const storage::CubeLayout& layout = m_shown.listener->nodes().layout();
            if (another) {
                m_slice->blockSignals(true);
                m_slice->setRange(0, static_cast<int>(layout.size[2]) - 1);
                m_slice->setValue(0);
                m_slice->blockSignals(false);
                m_slice->setVisible(layout.size[2] > 1);
                m_sliceName->setVisible(layout.size[2] > 1);
                m_pad->setGrid(static_cast<int>(layout.size[0]), static_cast<int>(layout.size[1]),
                               axisText(layout.axes[0]), axisText(layout.axes[1]));
            }
            m_slice->setAccessibleName(axisText(layout.axes[2]));
            m_sliceName->setText(axisText(layout.axes[2]));
            m_pad->setAxes(axisText(layout.axes[0]), axisText(layout.axes[1]));
            showSlice();
            if (!m_filling)
                say(m_shown.nodes.empty() ? tr("Drop sounds or takes on the nodes.")
                                          : tr("%1 of %2 nodes; drag the dot to hear what lies between.")
                                                .arg(m_shown.nodes.size())
                                                .arg(layout.pointCount()));
            showWantedPlace();
        });
}

void MorphPanel::showSlice() {
    std::vector<MorphPad::Node> nodes;
    for (const auto& [at, node] : m_shown.nodes)
        if (static_cast<int>(at.z) == slice()) nodes.push_back(node);
    m_pad->setNodes(std::move(nodes));
}

void MorphPanel::makeCube() {
    auto* dialog = new QInputDialog(window());
    dialog->setObjectName(QStringLiteral("morphName"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("New cube"));
    dialog->setLabelText(tr("Name; a size may follow, as in “Rooms 4x3” or “Rooms 4x3x2”"));
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString& text) {
        static const QRegularExpression kSize(QStringLiteral("^(.*?)(?:\\s+(\\d+)x(\\d+)(?:x(\\d+))?)?$"));
        const QRegularExpressionMatch found = kSize.match(text.trimmed());
        CubeDraft draft;
        draft.name = found.captured(1).trimmed().toStdString();
        draft.size = {kUsualSide, kUsualSide, 1};
        for (int axis = 0; axis < 3; ++axis)
            if (!found.captured(axis + 2).isEmpty())
                draft.size[static_cast<std::size_t>(axis)] =
                    static_cast<std::uint32_t>(std::clamp(found.captured(axis + 2).toInt(), 1, kMostSide));
        if (draft.name.empty()) return;
        Workstation& engine = m_studio.engine();
        m_studio.bridge.runInOrder(
            this, [&engine, draft] { return smidgen::makeCube(engine, draft); },
            [this](const Result<std::shared_ptr<const CubeSnapshot>>& made) {
                if (!made) return m_studio.notices.fail(made.error());
                readCubes();
                m_cubes->setCurrentIndex(m_cubes->findData(toText((*made)->id)));
                open();
                if (window()->focusWidget() == m_new) focusPad();
            });
    });
    dialog->open();
}

void MorphPanel::renameCube() {
    auto* dialog = new QInputDialog(window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Rename cube"));
    dialog->setLabelText(tr("Name"));
    dialog->setTextValue(cubeName());
    const CubeId id = cube();
    connect(dialog, &QInputDialog::textValueSelected, this,
            [this, id, before = cubeName().toStdString()](const QString& name) {
                const std::string after = name.trimmed().toStdString();
                if (after.empty() || after == before) return;
                const auto renamed = [id](const std::string& to) {
                    return [id, to](Workstation& engine) { return smidgen::renameCube(engine, id, to); };
                };
                perform(tr("renaming a cube"), renamed(after), renamed(before));
            });
    dialog->open();
}

void MorphPanel::removeCube() {
    const CubeId id = cube();
    perform(
        tr("deleting the cube “%1”").arg(cubeName()), [id](Workstation& e) { return trashCube(e, id); },
        [id](Workstation& e) { return restoreCube(e, id); });
}

void MorphPanel::hear() {
    if (!m_shown.listener || m_shown.nodes.empty()) return;
    m_wanted = placeOf(m_pad->dot());
    if (!m_rendering) renderNext();
}

void MorphPanel::renderNext() {
    if (!m_wanted || !m_shown.listener) return;
    MorphRequest request;
    request.places = {*std::exchange(m_wanted, std::nullopt)};
    m_rendering = true;
    m_studio.bridge.run(
        this, [listener = m_shown.listener, request] { return listener->at(request); },
        [this, id = m_shown.id](Result<std::shared_ptr<const AudioBuffer>> sound) {
            m_rendering = false;
            if (!sound) {
                say(toText(sound.error().sentence));
            } else if (id == m_shown.id) {
                PlaybackBridge& transport = m_studio.sound;
                const Listening item{kMorph + toText(id), tr("%1, morphed").arg(cubeName()), {}};
                const bool mine = transport.loaded().key == item.key;
                if (!mine) transport.stop();
                const bool there = mine ? transport.exchange(item, *sound) : transport.load(item, *sound);
                if (there && !transport.playing()) transport.toggle();
            }
            renderNext();
        });
}

void MorphPanel::keep(const MorphRequest& request, const QString& name) {
    const CubeId id = cube();
    if (id.empty()) return;
    say(tr("Rendering …"));
    Workstation& engine = m_studio.engine();
    m_studio.bridge.run(
        this,
        [&engine, id, request, name] {
            return makeTakeOf(engine, {id, request}, name.toStdString());
        },
        [this](const Result<TakeId>& take) {
            if (!take) {
                say(toText(take.error().sentence));
                return;
            }
            m_studio.selection.setTake(*take);
            say(tr("Kept among the takes."));
        });
}

void MorphPanel::keepPlace() {
    MorphRequest request;
    request.places = {placeOf(m_pad->dot())};
    keep(request,
         tr("%1 %2 %3").arg(cubeName(), numberText(m_pad->dot().x(), 2), numberText(m_pad->dot().y(), 2)));
}

void MorphPanel::keepWay() {
    MorphRequest request;
    for (const QPointF& place : m_pad->path()) request.places.push_back(placeOf(place));
    if (request.places.size() < 2) return;
    request.passes = m_passes->value();
    keep(request, tr("%1, a way").arg(cubeName()));
}

void MorphPanel::match() {
    const TakeId take = m_studio.selection.take();
    if (take.empty()) return say(tr("Choose the take to be matched."));
    const CubeId id = cube();
    say(tr("Looking for the place …"));
    Workstation& engine = m_studio.engine();
    m_studio.bridge.run(
        this, [&engine, id, take] { return matchOnCube(engine, id, take); },
        [this, id](const Result<CubeMatch>& found) {
            if (!found) return say(toText(found.error().sentence));
            if (id != m_shown.id) return;
            const storage::Coordinate& place = found->match.place;
            m_slice->setValue(static_cast<int>(std::lround(place.z)));
            m_pad->setDot({place.x, place.y});
            hear();
            say(tr("The dot is where it comes closest: %1 (%2%3 off).")
                    .arg(toText(found->words), numberText(found->match.distance, 1),
                         found->decibels ? tr(" dB") : QString()));
        });
}

}  // namespace smidgen::ui
