// What changes a cube: nodes put, cleared, filled by a model, axes named; each a step to undo.
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QSlider>
#include <QSpinBox>
#include <QToolButton>
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "engine/workstation/cube_fill.h"
#include "ui/bridge/text.h"
#include "ui/pages/morph_panel.h"

namespace smidgen::ui {

MorphPanel::~MorphPanel() {
    if (m_filling) m_filling->cancel();
}

/// A change that is a step to undo once it has been done.
void MorphPanel::perform(const QString& text, LibraryCommand::Step apply, LibraryCommand::Step revert) {
    Workstation& engine = m_studio.engine();
    m_studio.bridge.runInOrder(
        this, [&engine, apply] { return apply(engine); },
        [this, text, apply, revert](const Status& done) {
            if (!done) return m_studio.notices.fail(done.error());
            m_studio.library.undoStack().push(
                new LibraryCommand(m_studio.bridge, text, apply, revert, [this](const QString& sentence) {
                    m_studio.notices.tell({Tone::bad, sentence, {}, {}});
                }));
        });
}

/// A change of nodes: what lies on `places` is kept each time before it is done, to be put back.
void MorphPanel::changeNodes(const QString& text, std::vector<CubePlace> places, LibraryCommand::Step apply) {
    const CubeId id = cube();
    const auto before = std::make_shared<std::vector<KeptNode>>();
    perform(
        text,
        [id, places = std::move(places), before, apply](Workstation& engine) -> Status {
            auto kept = keptNodes(engine, id, places);
            if (!kept) return propagate(kept);
            if (auto done = apply(engine); !done) return done;
            *before = std::move(*kept);
            return {};
        },
        [id, before](Workstation& engine) { return putBack(engine, id, *before); });
}

std::string MorphPanel::takeOrFile(const QString& file) const {
    const std::filesystem::path path = toPath(file);
    for (const auto& take : m_studio.engine().takes())
        if (take->file == path) return take->id;
    return file.toStdString();
}

void MorphPanel::put(const QPoint& node, const std::vector<std::string>& sounds) {
    const auto all = cubesOf(m_studio.engine());
    const auto found = std::ranges::find_if(all, [&](const auto& each) { return each->id == cube(); });
    if (sounds.empty() || found == all.end()) return;
    // Several go on along the row, then on to the next.
    const auto& size = (*found)->size;
    std::vector<CubePlacement> placements;
    std::vector<CubePlace> places;
    CubePlace at = nodeOf(node);
    for (const std::string& sound : sounds) {
        if (at.y >= size[1]) break;
        placements.push_back({at, sound, 0, {}});
        places.push_back(at);
        if (++at.x >= size[0]) at = {0, at.y + 1, at.z};
    }
    say(tr("Putting %1 on …").arg(countText(static_cast<int>(placements.size()), tr("sound"), tr("sounds"))));
    const CubeExactness exactness =
        usualExactness(cubeContentOf((*found)->content).value_or(CubeContent::mel));
    changeNodes(tr("putting sounds on nodes"), std::move(places),
                [id = cube(), placements, exactness](Workstation& engine) -> Status {
                    auto done = putOnCube(engine, id, placements, exactness);
                    return done ? Status() : Status(propagate(done));
                });
}

void MorphPanel::putChosen(const QPoint& node) {
    const TakeId take = m_studio.selection.take();
    if (take.empty()) return say(tr("Choose a take first, or drop a sound on the node."));
    put(node, {take});
}

void MorphPanel::putAtCursor(const std::vector<std::string>& sounds) {
    focusPad();
    if (cube().empty()) return say(tr("There is no cube yet to put sounds on: make one with New…"));
    put(m_pad->cursorNode(), sounds);
}

void MorphPanel::putFiles(const QPoint& node) {
    auto* dialog = new QFileDialog(window(), tr("Put sounds on the node"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters({tr("Sounds (*.wav *.wave *.aif *.aiff *.aifc *.flac *.ogg *.oga *.opus *.mp3)"),
                            tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, this, [this, node](const QStringList& files) {
        std::vector<std::string> sounds;
        for (const QString& file : files) sounds.push_back(takeOrFile(file));
        put(node, sounds);
    });
    dialog->open();
}

void MorphPanel::openMenu(const QPoint& position) {
    const QPoint node = m_pad->cursorNode();
    const auto take = m_studio.engine().take(m_studio.selection.take());
    QString name = take ? toText(take->name) : QString();
    QMenu menu(this);
    menu.addAction(take ? tr("Put “%1” here").arg(name.replace(u'&', QStringLiteral("&&")))
                        : tr("Put the chosen take here"),
                   this, [this, node] { putChosen(node); })
        ->setEnabled(take != nullptr);
    menu.addAction(tr("Put sound files here…"), this, [this, node] { putFiles(node); });
    menu.addAction(tr("Clear the node"), this, [this, node] { clear(node); })->setEnabled(holds(node));
    menu.addSeparator();
    QAction* draw = menu.addAction(m_draw->text());
    draw->setCheckable(true);
    draw->setChecked(m_draw->isChecked());
    connect(draw, &QAction::toggled, m_draw, &QToolButton::setChecked);
    menu.addAction(tr("Clear the way"), m_pad, &MorphPad::clearPath)->setEnabled(!m_pad->path().empty());
    menu.addAction(m_way->text(), this, &MorphPanel::keepWay)->setEnabled(m_way->isEnabled());
    menu.addSeparator();
    menu.addAction(m_match->text(), this, &MorphPanel::match)->setEnabled(take != nullptr);
    menu.addAction(m_keep->text(), this, &MorphPanel::keepPlace);
    menu.exec(position);
}

bool MorphPanel::holds(const QPoint& node) const {
    return std::ranges::any_of(m_shown.nodes,
                               [place = nodeOf(node)](const auto& each) { return each.first == place; });
}

void MorphPanel::clear(const QPoint& node) {
    if (!holds(node)) return;
    const std::vector<CubePlace> places{nodeOf(node)};
    changeNodes(tr("clearing a node"), places, [id = cube(), places](Workstation& engine) -> Status {
        auto done = clearOnCube(engine, id, places);
        return done ? Status() : Status(propagate(done));
    });
}

void MorphPanel::fillGaps() {
    if (m_filling) {
        m_filling->cancel();
        return say(tr("Cancelling …"));
    }
    const CubeId id = cube();
    if (id.empty()) return;
    ModelId model = m_studio.selection.model();
    if (model.empty())
        if (const auto models = m_studio.engine().models(); !models.empty()) model = models.front()->id;
    m_filling.emplace();
    m_fill->setText(tr("Cancel"));
    say(tr("The model makes sounds for the gaps …"));
    Workstation& engine = m_studio.engine();
    const auto told = [panel = QPointer(this)](std::size_t done, std::size_t of) {
        QMetaObject::invokeMethod(
            qApp,
            [panel, done, of] {
                if (panel && panel->m_filling)
                    panel->say(MorphPanel::tr("Gap %1 of %2 has its sound …").arg(done).arg(of));
            },
            Qt::QueuedConnection);
    };
    m_studio.bridge.run(
        this,
        [&engine, id, model, cancel = *m_filling, told] {
            return renderGaps(engine, id, model, cancel, told);
        },
        [this, id](const Result<std::vector<KeptNode>>& filled) {
            m_filling.reset();
            m_fill->setText(tr("Fill the gaps"));
            if (!filled) {
                say(toText(filled.error().sentence));
                return;
            }
            const auto after = std::make_shared<const std::vector<KeptNode>>(*filled);
            const auto before = std::make_shared<std::vector<KeptNode>>();
            perform(
                tr("filling the gaps of a cube"),
                [id, before, after](Workstation& station) -> Status {
                    std::vector<CubePlace> places;
                    for (const KeptNode& node : *after) places.push_back(node.place);
                    auto kept = keptNodes(station, id, places);
                    if (!kept) return propagate(kept);
                    // What somebody put there meanwhile stays.
                    std::vector<KeptNode> put;
                    for (std::size_t i = 0; i < kept->size(); ++i)
                        if (!(*kept)[i].stream) put.push_back((*after)[i]);
                    std::erase_if(*kept, [](const KeptNode& node) { return node.stream.has_value(); });
                    if (Status done = putBack(station, id, put); !done) return done;
                    *before = std::move(*kept);
                    return {};
                },
                [id, before](Workstation& station) { return putBack(station, id, *before); });
        });
}

void MorphPanel::nameAxes() {
    if (!m_shown.listener || m_shown.id != cube()) return;
    const CubeId id = m_shown.id;
    const std::array<std::string, 3> before = m_shown.listener->nodes().layout().axes;
    auto* dialog = new QDialog(window());
    dialog->setObjectName(QStringLiteral("morphAxesDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Axes of %1").arg(cubeName()));
    auto* form = new QFormLayout(dialog);
    const QString labels[] = {tr("To the right"), tr("Upward"), tr("From slice to slice")};
    std::array<QLineEdit*, 3> fields{};
    for (std::size_t i = 0; i < fields.size(); ++i) {
        fields[i] = new QLineEdit(toText(before[i]));
        fields[i]->setObjectName(QStringLiteral("axis%1").arg(i));
        fields[i]->setMaxLength(60);
        fields[i]->setPlaceholderText(tr("dark → bright"));
        form->addRow(labels[i], fields[i]);
    }
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    connect(dialog, &QDialog::accepted, this, [this, id, before, fields] {
        std::array<std::string, 3> after;
        for (std::size_t i = 0; i < fields.size(); ++i) {
            after[i] = fields[i]->text().simplified().toStdString();
            if (after[i].empty()) after[i] = before[i];
        }
        if (after == before) return;
        const auto named = [id](const std::array<std::string, 3>& axes) {
            return [id, axes](Workstation& station) { return nameCubeAxes(station, id, axes); };
        };
        perform(tr("naming the axes of a cube"), named(after), named(before));
    });
    dialog->open();
}

bool MorphPanel::showPlace(const CubeReference& reference) {
    const int at = m_cubes->findData(toText(reference.cube));
    if (at < 0 || reference.request.places.empty()) return false;
    m_place = reference;
    if (m_shown.listener && m_shown.id == reference.cube && cube() == reference.cube) {
        showWantedPlace();
        return true;
    }
    m_cubes->setCurrentIndex(at);
    open();
    return true;
}

void MorphPanel::showWantedPlace() {
    if (!m_place || m_place->cube != m_shown.id) return;
    const CubeReference reference = *std::exchange(m_place, std::nullopt);
    const auto& places = reference.request.places;
    m_slice->setValue(static_cast<int>(std::lround(places.front().z)));
    m_pad->setDot({places.front().x, places.front().y});
    std::vector<QPointF> way;
    if (places.size() > 1) {
        for (const storage::Coordinate& place : places) way.emplace_back(place.x, place.y);
        m_passes->setValue(reference.request.passes);
    }
    m_pad->setPath(std::move(way));
    say(places.size() > 1 ? tr("The way that the take was made of.")
                          : tr("The place that the take was made of."));
}

}  // namespace smidgen::ui
