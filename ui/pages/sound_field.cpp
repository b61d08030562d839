#include "ui/pages/sound_field.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QMenu>
#include <QMimeData>
#include <optional>

#include "ui/bridge/text.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {

constexpr std::size_t kMostTakes = 12;
constexpr std::size_t kMostSounds = 40;

/// The one file on this computer that is dragged, if it is one.
std::optional<std::filesystem::path> fileOf(const QMimeData& data) {
    const QList<QUrl> urls = data.urls();
    if (urls.size() != 1 || !urls.front().isLocalFile()) return std::nullopt;
    return toPath(urls.front().toLocalFile());
}

}  // namespace

SoundField::SoundField(const Studio& studio, QWidget* parent)
    : QPushButton(parent), m_studio(studio), m_menu(new QMenu(this)) {
    setObjectName(QStringLiteral("continueFrom"));
    setAcceptDrops(true);
    setFixedHeight(metrics::kControlHeight);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setMinimumWidth(110);
    setIcon(studio.theme.icon(QStringLiteral("sound-file"), Token::dim));
    setStyleSheet(QStringLiteral("text-align: left; padding-left: 8px;"));
    setMenu(m_menu);
    setToolTip(tr("A sound the take begins with and goes on from"));
    setStatusTip(
        tr("Choose a take or a sound of the collection, or drop a file here; the take goes on from it."));
    connect(m_menu, &QMenu::aboutToShow, this, &SoundField::fillMenu);
    setFile({});
}

QString SoundField::nameOf(const std::filesystem::path& file) const {
    for (const auto& take : m_studio.engine().takes())
        if (take->file == file) return toText(take->name);
    return toText(file.stem());
}

void SoundField::setFile(const std::filesystem::path& file) {
    m_file = file;
    setText(file.empty() ? tr("nothing") : nameOf(file));
    setAccessibleName(tr("Continue: %1").arg(text()));
    Q_EMIT fileChanged();
}

void SoundField::fillMenu() {
    m_menu->clear();
    m_menu->addAction(tr("Nothing"), this, [this] { setFile({}); });
    const auto takes = m_studio.engine().takes();
    QMenu* ofTakes = m_menu->addMenu(tr("A take"));
    ofTakes->setEnabled(!takes.empty());
    for (std::size_t i = 0; i < std::min(kMostTakes, takes.size()); ++i)
        ofTakes->addAction(toText(takes[i]->name), this, [this, file = takes[i]->file] { setFile(file); });
    const auto collection = m_studio.engine().collection(m_studio.selection.collection());
    if (collection) {
        QMenu* ofSounds = m_menu->addMenu(tr("A sound of “%1”").arg(toText(collection->collection.name)));
        for (const SoundEntry& sound : collection->collection.entries) {
            if (!sound.usable()) continue;
            ofSounds->addAction(toText(sound.path.stem()), this,
                                [this, file = sound.path] { setFile(file); });
            if (static_cast<std::size_t>(ofSounds->actions().size()) == kMostSounds) break;
        }
    }
    m_menu->addAction(tr("A file…"), this, &SoundField::browse);
}

void SoundField::browse() {
    auto* dialog = new QFileDialog(window(), tr("A sound to continue"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Sounds (*.wav *.wave *.aif *.aiff *.aifc *.flac *.ogg *.oga *.opus *.mp3)"),
                            tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) { setFile(toPath(file)); });
    dialog->open();
}

void SoundField::dragEnterEvent(QDragEnterEvent* event) {
    if (!fileOf(*event->mimeData())) return;
    event->setDropAction(Qt::CopyAction);
    event->accept();
}

void SoundField::dropEvent(QDropEvent* event) {
    const auto file = fileOf(*event->mimeData());
    if (!file) return;
    setFile(*file);
    event->setDropAction(Qt::CopyAction);
    event->accept();
}

}  // namespace smidgen::ui
