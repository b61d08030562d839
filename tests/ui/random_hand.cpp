#include "tests/ui/random_hand.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QDialog>
#include <QDrag>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QTest>
#include <QUrl>
#include <QWheelEvent>
#include <array>
#include <cstdio>

#include "ui/bridge/text.h"
#include "ui/canvas/canvas.h"

namespace smidgen::ui::testing {

namespace {

constexpr std::size_t kStory = 40;
constexpr int kLookEveryMs = 15;

/// What leaves the studio, asks the system for a file, or keeps the machine busy for minutes. Actions by id,
/// buttons by name.
bool isLeftOut(const QString& name) {
    static const QStringList kNames = {QStringLiteral("window.quit"),
                                       QStringLiteral("library.addFiles"),
                                       QStringLiteral("library.addFolder"),
                                       QStringLiteral("train.start"),
                                       QStringLiteral("train"),
                                       QStringLiteral("resume"),
                                       QStringLiteral("trainPrior")};
    return kNames.contains(name);
}

QString nameOf(const QWidget& widget) {
    QString name = QLatin1String(widget.metaObject()->className());
    if (!widget.objectName().isEmpty()) name += u' ' + widget.objectName();
    if (!widget.accessibleName().isEmpty()) name += QStringLiteral(" “%1”").arg(widget.accessibleName());
    return name;
}

bool isUsable(const QWidget& widget) {
    return widget.isVisible() && widget.isEnabled() && !widget.visibleRegion().isEmpty();
}

}  // namespace

RandomHand::RandomHand(MainWindow& window, std::vector<std::filesystem::path> files, std::uint64_t seed)
    : m_window(window), m_files(std::move(files)), m_random(seed), m_answers(seed + 1) {
    connect(&m_timer, &QTimer::timeout, this, &RandomHand::answerWhatWaits);
    m_timer.start(kLookEveryMs);
}

int RandomHand::below(int count) {
    return static_cast<int>(m_random() % static_cast<std::uint64_t>(std::max(1, count)));
}

bool RandomHand::chance(double probability) {
    constexpr int kFine = 10000;
    return below(kFine) < probability * kFine;
}

void RandomHand::say(const QString& text) {
    m_story.push_back(text);
    if (m_story.size() > kStory) m_story.pop_front();
    static const bool aloud = qEnvironmentVariableIsSet("SMIDGEN_WALK_LOUD");
    if (aloud) {
        std::fprintf(stderr, "%s\n", qPrintable(text));
        std::fflush(stderr);
    }
}

std::string RandomHand::story() const {
    std::string all;
    for (const QString& line : m_story) all += line.toStdString() + '\n';
    return all;
}

QWidget* RandomHand::top() {
    if (QWidget* popup = QApplication::activePopupWidget()) return popup;
    if (QWidget* modal = QApplication::activeModalWidget()) return modal;
    std::vector<QWidget*> shown;
    for (QDialog* dialog : m_window.findChildren<QDialog*>())
        if (dialog->isVisible()) shown.push_back(dialog);
    if (shown.empty() || chance(0.4)) return &m_window;
    return shown[static_cast<std::size_t>(below(static_cast<int>(shown.size())))];
}

template <typename Widget, typename Fits>
Widget* RandomHand::some(const Fits& fits) {
    std::vector<Widget*> found;
    QWidget* over = top();
    for (Widget* widget : over->findChildren<Widget*>())
        if (widget->window() == over && isUsable(*widget) && fits(*widget)) found.push_back(widget);
    return found.empty() ? nullptr : found[static_cast<std::size_t>(below(static_cast<int>(found.size())))];
}

QPoint RandomHand::placeIn(const QWidget& widget) {
    return {below(widget.width()), below(widget.height())};
}

Qt::KeyboardModifiers RandomHand::modifiers() {
    constexpr std::array kAll = {Qt::NoModifier,      Qt::NoModifier,  Qt::NoModifier, Qt::ShiftModifier,
                                 Qt::ControlModifier, Qt::AltModifier, Qt::NoModifier};
    return kAll[static_cast<std::size_t>(below(static_cast<int>(kAll.size())))];
}

void RandomHand::act() {
    // What comes often stands often.
    static constexpr std::array<Event, 22> kEvents = {
        &RandomHand::click,  &RandomHand::click, &RandomHand::click, &RandomHand::click,  &RandomHand::key,
        &RandomHand::key,    &RandomHand::key,   &RandomHand::key,   &RandomHand::action, &RandomHand::action,
        &RandomHand::action, &RandomHand::wheel, &RandomHand::drag,  &RandomHand::drag,   &RandomHand::drag,
        &RandomHand::drop,   &RandomHand::type,  &RandomHand::type,  &RandomHand::item,   &RandomHand::menu,
        &RandomHand::page,   &RandomHand::close};
    m_acting = true;
    for (int tries = 0; tries < 20; ++tries)
        if ((this->*kEvents[static_cast<std::size_t>(below(static_cast<int>(kEvents.size())))])()) break;
    m_acting = false;
    QApplication::processEvents();
    for (QFileDialog* dialog : m_window.findChildren<QFileDialog*>())
        if (dialog->isVisible()) dialog->reject();
    QApplication::processEvents();
    // As an event loop would between two events of a person.
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

bool RandomHand::click() {
    auto* button =
        some<QAbstractButton>([](const QAbstractButton& one) { return !isLeftOut(one.objectName()); });
    if (button == nullptr) return false;
    say(QStringLiteral("click %1 “%2”").arg(nameOf(*button), button->text()));
    QTest::mouseClick(button, Qt::LeftButton, {}, button->rect().center());
    return true;
}

bool RandomHand::key() {
    constexpr std::array kKeys = {
        Qt::Key_Left,  Qt::Key_Right, Qt::Key_Up,     Qt::Key_Down,     Qt::Key_Return, Qt::Key_Space,
        Qt::Key_Home,  Qt::Key_End,   Qt::Key_PageUp, Qt::Key_PageDown, Qt::Key_Delete, Qt::Key_Backspace,
        Qt::Key_Tab,   Qt::Key_Tab,   Qt::Key_F6,     Qt::Key_Backtab,  Qt::Key_Escape, Qt::Key_Left,
        Qt::Key_Right, Qt::Key_A,     Qt::Key_B,      Qt::Key_N,        Qt::Key_X,      Qt::Key_V,
        Qt::Key_T,     Qt::Key_1,     Qt::Key_Z,      Qt::Key_M};
    QWidget* target = QApplication::focusWidget();
    QWidget* over = top();
    if (target == nullptr || target->window() != over || !isUsable(*target)) target = over;
    const auto pressed = kKeys[static_cast<std::size_t>(below(static_cast<int>(kKeys.size())))];
    const auto with = modifiers();
    say(QStringLiteral("key %1 at %2").arg(QKeySequence(pressed | with).toString(), nameOf(*target)));
    QTest::keyClick(target, pressed, with);
    return true;
}

bool RandomHand::action() {
    if (top() != &m_window) return false;
    std::vector<QString> ids;
    for (const Shortcut& shortcut : m_window.shortcuts().current())
        if (!isLeftOut(shortcut.id) && m_window.shortcuts().action(shortcut.id).isEnabled())
            ids.push_back(shortcut.id);
    if (ids.empty()) return false;
    const QString& id = ids[static_cast<std::size_t>(below(static_cast<int>(ids.size())))];
    say(QStringLiteral("action %1").arg(id));
    m_window.shortcuts().action(id).trigger();
    return true;
}

bool RandomHand::wheel() {
    auto* widget = some<QWidget>([](const QWidget& one) {
        return qobject_cast<const Canvas*>(&one) != nullptr || one.inherits("QAbstractSpinBox") ||
               one.inherits("QAbstractItemView") || one.inherits("QAbstractSlider");
    });
    if (widget == nullptr) return false;
    const QPointF place = placeIn(*widget);
    const auto with = modifiers();
    say(QStringLiteral("wheel at %1").arg(nameOf(*widget)));
    QWheelEvent event(place, widget->mapToGlobal(place), {}, {0, chance(0.5) ? 120 : -120}, Qt::NoButton,
                      with, Qt::NoScrollPhase, false);
    QApplication::sendEvent(widget, &event);
    return true;
}

bool RandomHand::drag() {
    QPointer<Canvas> canvas = some<Canvas>([](const Canvas&) { return true; });
    if (canvas == nullptr) return false;
    const auto with = modifiers();
    const auto button = chance(0.85) ? Qt::LeftButton : chance(0.5) ? Qt::RightButton : Qt::MiddleButton;
    const QPointF from = placeIn(*canvas), to = placeIn(*canvas);
    const int steps = below(5);
    say(QStringLiteral("drag at %1 from %2, %3 to %4, %5 in %6")
            .arg(nameOf(*canvas))
            .arg(from.x())
            .arg(from.y())
            .arg(to.x())
            .arg(to.y())
            .arg(steps));
    QTest::mousePress(canvas, button, with, from.toPoint());
    for (int i = 1; i <= steps && canvas; ++i) {
        const QPointF place = from + (to - from) * i / steps;
        QMouseEvent move(QEvent::MouseMove, place, canvas->mapToGlobal(place), Qt::NoButton, button, with);
        QApplication::sendEvent(canvas, &move);
    }
    if (canvas) QTest::mouseRelease(canvas, button, with, to.toPoint());
    return true;
}

bool RandomHand::drop() {
    auto* target = some<QWidget>([](const QWidget& one) { return one.acceptDrops(); });
    if (target == nullptr) {
        if (top() != &m_window) return false;
        target = &m_window;
    }
    QMimeData data;
    QList<QUrl> urls;
    for (int i = below(3); i >= 0; --i)
        urls << QUrl::fromLocalFile(
            toText(m_files[static_cast<std::size_t>(below(static_cast<int>(m_files.size())))]));
    if (chance(0.1)) urls << QUrl(QStringLiteral("https://example.org/rain.wav"));
    data.setUrls(urls);
    const QPoint place = placeIn(*target);
    say(QStringLiteral("drop %1 on %2").arg(urls.size()).arg(nameOf(*target)));
    QDragEnterEvent enter(place, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(target, &enter);
    if (!enter.isAccepted()) return true;
    if (chance(0.2)) {
        QDragLeaveEvent leave;
        QApplication::sendEvent(target, &leave);
        return true;
    }
    QDropEvent event(place, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(target, &event);
    return true;
}

bool RandomHand::type() {
    static const std::array<QString, 10> kTexts = {
        QStringLiteral("Rain on tin"), QStringLiteral("0"),
        QStringLiteral("-1"),          QStringLiteral("3.5"),
        QStringLiteral("999999"),      QStringLiteral("is:starred"),
        QStringLiteral("äöü / … “x”"), QStringLiteral("a/b"),
        QStringLiteral(".."),          QString()};
    auto* field = some<QLineEdit>([](const QLineEdit& one) { return !one.isReadOnly(); });
    if (field == nullptr) return false;
    const QString& text = kTexts[static_cast<std::size_t>(below(static_cast<int>(kTexts.size())))];
    say(QStringLiteral("type “%1” into %2 in %3").arg(text, nameOf(*field), nameOf(*field->parentWidget())));
    const QPointer<QLineEdit> alive = field;
    field->setFocus();
    field->selectAll();
    if (text.isEmpty())
        QTest::keyClick(field, Qt::Key_Delete);
    else
        for (const QChar& letter : text) {
            QKeyEvent press(QEvent::KeyPress, 0, Qt::NoModifier, letter);
            if (alive) QApplication::sendEvent(field, &press);
        }
    if (alive) QTest::keyClick(field, chance(0.7) ? Qt::Key_Return : Qt::Key_Tab);
    return true;
}

bool RandomHand::item() {
    auto* view = some<QAbstractItemView>(
        [](const QAbstractItemView& one) { return one.model() != nullptr && one.model()->rowCount() > 0; });
    if (view == nullptr) return false;
    const QModelIndex index =
        view->model()->index(below(view->model()->rowCount()), below(view->model()->columnCount()));
    view->scrollTo(index);
    const QPoint place = view->visualRect(index).center();
    const auto with = modifiers();
    say(QStringLiteral("item %1 of %2").arg(index.row()).arg(nameOf(*view)));
    if (chance(0.25))
        QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, place);
    else
        QTest::mouseClick(view->viewport(), Qt::LeftButton, with, place);
    return true;
}

bool RandomHand::menu() {
    auto* widget = some<QWidget>([](const QWidget& one) {
        return one.contextMenuPolicy() != Qt::NoContextMenu && !one.inherits("QLineEdit") &&
               one.focusPolicy() != Qt::NoFocus;
    });
    if (widget == nullptr) return false;
    const QPoint place = placeIn(*widget);
    say(QStringLiteral("context menu at %1").arg(nameOf(*widget)));
    if (auto* view = qobject_cast<QAbstractItemView*>(widget)) widget = view->viewport();
    QContextMenuEvent event(QContextMenuEvent::Mouse, place, widget->mapToGlobal(place));
    QApplication::sendEvent(widget, &event);
    return true;
}

bool RandomHand::page() {
    if (top() != &m_window) return false;
    const auto page = static_cast<MainWindow::Page>(below(4));
    say(QStringLiteral("page %1").arg(static_cast<int>(page)));
    m_window.showPage(page);
    return true;
}

bool RandomHand::close() {
    QWidget* over = top();
    if (over == &m_window) return false;
    say(QStringLiteral("close %1").arg(nameOf(*over)));
    over->close();
    return true;
}

void RandomHand::closeDialogs() {
    while (QWidget* popup = QApplication::activePopupWidget()) popup->close();
    for (QDialog* dialog : m_window.findChildren<QDialog*>())
        if (dialog->isVisible()) dialog->close();
    QApplication::processEvents();
}

void RandomHand::answerWhatWaits() {
    if (!m_acting) return;
    if (QWidget* popup = QApplication::activePopupWidget())
        answerMenu(*popup);
    else if (QWidget* modal = QApplication::activeModalWidget())
        answerDialog(*modal);
    else
        QDrag::cancel();
}

void RandomHand::answerMenu(QWidget& popup) {
    auto* menu = qobject_cast<QMenu*>(&popup);
    std::vector<QAction*> choices;
    if (menu != nullptr)
        for (QAction* one : menu->actions())
            if (one->isEnabled() && one->isVisible() && !one->isSeparator() && one->menu() == nullptr &&
                !isLeftOut(one->objectName()))
                choices.push_back(one);
    if (choices.empty() || m_answers() % 3 == 0) {
        popup.close();
        return;
    }
    QAction* chosen = choices[m_answers() % choices.size()];
    say(QStringLiteral("  … “%1” of the menu").arg(chosen->text()));
    menu->setActiveAction(chosen);
    QTest::keyClick(menu, Qt::Key_Return);
}

void RandomHand::answerDialog(QWidget& modal) {
    say(QStringLiteral("  … answered %1").arg(nameOf(modal)));
    if (auto* input = qobject_cast<QInputDialog*>(&modal); input != nullptr && m_answers() % 2 == 0) {
        input->setTextValue(QStringLiteral("Walk %1").arg(m_answers() % 5));
        input->accept();
        return;
    }
    if (qobject_cast<QFileDialog*>(&modal) == nullptr)
        for (QAbstractButton* button : modal.findChildren<QAbstractButton*>())
            if (button->isVisible() && button->isEnabled() && m_answers() % 2 == 0) {
                button->click();
                return;
            }
    if (auto* dialog = qobject_cast<QDialog*>(&modal))
        dialog->reject();
    else
        modal.close();
}

}  // namespace smidgen::ui::testing
