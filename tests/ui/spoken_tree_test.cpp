// What a screen reader is told, and where the keyboard is seen to be, on every page and dialog.
#include <QAccessible>
#include <QApplication>
#include <QImage>
#include <QScrollBar>
#include <cmath>
#include <map>
#include <set>

#include "tests/ui/furnished.h"
#include "ui/canvas/canvas.h"

namespace smidgen::ui::testing {
namespace {

/// Pixels that must tell a focused control from the same one without; a text cursor alone is fewer.
constexpr int kSeenPixels = 40;
constexpr double kSeenContrast = 3;

bool operates(QAccessible::Role role) {
    switch (role) {
        case QAccessible::PushButton:
        case QAccessible::CheckBox:
        case QAccessible::RadioButton:
        case QAccessible::EditableText:
        case QAccessible::ComboBox:
        case QAccessible::SpinBox:
        case QAccessible::Slider:
        case QAccessible::Dial:
        case QAccessible::List:
        case QAccessible::Table:
        case QAccessible::Tree:
        case QAccessible::PageTab:
        case QAccessible::PageTabList:
        case QAccessible::ButtonMenu:
        case QAccessible::ButtonDropDown:
        case QAccessible::ButtonDropGrid:
        case QAccessible::HotkeyField:
        case QAccessible::ProgressBar:
        case QAccessible::Canvas:
        case QAccessible::Graphic:
        case QAccessible::Link:
            return true;
        default:
            return false;
    }
}

/// Parts of Qt's own controls speak through them.
bool isPartOfControl(const QObject* object) {
    if (object->objectName() == QStringLiteral("qt_toolbar_ext_button")) return true;
    for (const QObject* up = object; up != nullptr; up = up->parent()) {
        if (qobject_cast<const QScrollBar*>(up) != nullptr) return true;
        const QObject* owner = up->parent();
        if (owner != nullptr && (owner->inherits("QComboBox") || owner->inherits("QAbstractSpinBox") ||
                                 owner->inherits("QLineEdit") || owner->inherits("QAbstractItemView") ||
                                 owner->inherits("QKeySequenceEdit") || owner->inherits("QTabBar")))
            return true;
    }
    return false;
}

std::string describe(const QWidget* widget) {
    std::string text = widget->metaObject()->className();
    text +=
        " '" + widget->objectName().toStdString() + "' [" + widget->accessibleName().toStdString() + "] in ";
    const QWidget* parent = widget->parentWidget();
    if (parent != nullptr)
        text +=
            std::string(parent->metaObject()->className()) + " '" + parent->objectName().toStdString() + "'";
    return text;
}

class TreeWalk {
 public:
    explicit TreeWalk(std::string where) : m_where(std::move(where)) {}
    [[nodiscard]] int controls() const { return m_controls; }

    void walk(QAccessibleInterface& parent) {
        std::map<std::pair<QAccessible::Role, QString>, QAccessibleInterface*> siblings;
        collect(parent, siblings);
    }

 private:
    using Siblings = std::map<std::pair<QAccessible::Role, QString>, QAccessibleInterface*>;

    void collect(QAccessibleInterface& parent, Siblings& siblings) {
        for (int i = 0; i < parent.childCount(); ++i) {
            QAccessibleInterface* child = parent.child(i);
            if (child == nullptr || !child->isValid() || child->state().invisible) continue;
            const auto* widget = qobject_cast<QWidget*>(child->object());
            if (widget != nullptr && !widget->isVisible()) continue;
            if (widget != nullptr && isPartOfControl(widget)) continue;
            // What only holds others, without a name, is nothing to a listener: its children are siblings
            // of what is beside it.
            const bool only = child->text(QAccessible::Name).isEmpty() && !operates(child->role());
            if (widget == nullptr) continue;  // an item: its view speaks for it
            check(*child, *widget, siblings);
            if (only) {
                collect(*child, siblings);
            } else {
                Siblings inner;
                collect(*child, inner);
            }
        }
    }

    void check(const QAccessibleInterface& spoken, const QWidget& widget, Siblings& siblings) {
        const bool canvas = qobject_cast<const Canvas*>(&widget) != nullptr;
        const bool control =
            operates(spoken.role()) || canvas || (widget.focusPolicy() & Qt::TabFocus) == Qt::TabFocus;
        if (!control) return;
        ++m_controls;
        const QString name = spoken.text(QAccessible::Name).trimmed();
        EXPECT_FALSE(name.isEmpty()) << m_where << ": no name: " << describe(&widget);
        EXPECT_FALSE(canvas && spoken.text(QAccessible::Value).trimmed().isEmpty())
            << m_where << ": no value: " << describe(&widget);
        const auto [there, fresh] =
            siblings.try_emplace({spoken.role(), name}, const_cast<QAccessibleInterface*>(&spoken));
        EXPECT_TRUE(fresh || name.isEmpty())
            << m_where << ": two siblings called “" << name.toStdString() << "”: " << describe(&widget)
            << " and " << describe(qobject_cast<QWidget*>(there->second->object()));
    }

    std::string m_where;
    int m_controls = 0;
};

double luminance(QRgb colour) {
    const auto linear = [](int channel) {
        const double share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(qRed(colour)) + 0.7152 * linear(qGreen(colour)) + 0.0722 * linear(qBlue(colour));
}

double contrast(QRgb a, QRgb b) {
    const double one = luminance(a), other = luminance(b);
    return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
}

/// Pixels that differ with a contrast that is seen.
int seenPixels(const QImage& a, const QImage& b) {
    if (a.size() != b.size()) return a.width() * a.height();
    int count = 0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x)
            if (a.pixel(x, y) != b.pixel(x, y) && contrast(a.pixel(x, y), b.pixel(x, y)) >= kSeenContrast)
                ++count;
    return count;
}

class SpokenTreeTest : public FurnishedTest {
 protected:
    /// Every widget of `top` that Tab may reach.
    [[nodiscard]] static std::vector<QWidget*> stops(QWidget& top) {
        std::vector<QWidget*> found;
        for (QWidget* widget : top.findChildren<QWidget*>())
            if (widget->window() == &top && widget->isVisible() && widget->isEnabled() &&
                (widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus && !isPartOfControl(widget) &&
                widget->focusProxy() == nullptr && !widget->visibleRegion().isEmpty())
                found.push_back(widget);
        return found;
    }
    /// As it is seen: on what lies below it.
    [[nodiscard]] static QImage grabbed(QWidget& widget) {
        QApplication::processEvents();
        QWidget& top = *widget.window();
        return top.grab(QRect(widget.mapTo(&top, QPoint()), widget.size()))
            .toImage()
            .convertToFormat(QImage::Format_RGB32);
    }
};

TEST_F(SpokenTreeTest, EveryControlHasANameOfItsOwnAndEveryCanvasAValue) {
    openFurnished();
    visitEveryView([this](const std::string& name, QWidget& top) {
        keepPicture(QStringLiteral("view-%1").arg(QString::fromStdString(name).toLower()), &top);
        TreeWalk walk(name);
        QAccessibleInterface* root = QAccessible::queryAccessibleInterface(&top);
        ASSERT_NE(root, nullptr);
        EXPECT_FALSE(root->text(QAccessible::Name).isEmpty()) << name;
        walk.walk(*root);
        EXPECT_GT(walk.controls(), 2) << name;
    });
}

TEST_F(SpokenTreeTest, TheKeyboardIsSeenWhereItIsInEveryScheme) {
    QApplication::setCursorFlashTime(0);
    openFurnished();
    std::set<std::string> told;
    visitEveryView([&](const std::string& name, QWidget& top) {
        for (const Scheme scheme : {Scheme::light, Scheme::contrast, Scheme::dark}) {
            theme().setScheme(scheme);
            for (QWidget* widget : stops(top)) {
                if (QWidget* before = QApplication::focusWidget()) before->clearFocus();
                const QImage without = grabbed(*widget);
                widget->setFocus(Qt::TabFocusReason);
                if (QApplication::focusWidget() != widget) continue;
                const int seen = seenPixels(without, grabbed(*widget));
                const std::string what = describe(widget) + theme().schemeName().toStdString();
                if (seen < kSeenPixels && told.insert(what).second)
                    ADD_FAILURE() << name << ", " << theme().schemeName().toStdString() << ": " << seen
                                  << " pixels change at " << describe(widget);
            }
        }
    });
}

}  // namespace
}  // namespace smidgen::ui::testing
