#include <QStyle>
#include <QVariant>
#include <QWidget>

#include "ui/theme/theme.h"

namespace smidgen {
namespace {

const char* nameOf(Look look) {
    switch (look) {
        case Look::normal:
            return "";
        case Look::primary:
            return "primary";
        case Look::modelPrimary:
            return "modelPrimary";
        case Look::quiet:
            return "quiet";
        case Look::toggle:
            return "toggle";
        case Look::danger:
            return "danger";
        case Look::page:
            return "page";
        case Look::heading:
            return "heading";
        case Look::dim:
            return "dim";
        case Look::small:
            return "small";
        case Look::strong:
            return "strong";
        case Look::figure:
            return "figure";
        case Look::title:
            return "title";
        case Look::good:
            return "good";
        case Look::warn:
            return "warn";
        case Look::bad:
            return "bad";
        case Look::panel:
            return "panel";
        case Look::card:
            return "card";
        case Look::raised:
            return "raised";
        case Look::hairline:
            return "hairline";
        case Look::chip:
            return "chip";
    }
    return "";
}

/// The style sheet's name for the font of a look; null for looks that leave the font as it is.
QString fontOf(Look look) {
    switch (look) {
        case Look::heading:
        case Look::small:
        case Look::strong:
        case Look::figure:
        case Look::title:
            return QString::fromLatin1(nameOf(look));
        case Look::normal:
            return QLatin1String("");
        default:
            return {};
    }
}

}  // namespace

void setLook(QWidget& widget, Look look) {
    widget.setProperty("look", QString::fromLatin1(nameOf(look)));
    if (const QString font = fontOf(look); !font.isNull()) widget.setProperty("textRole", font);
    widget.setAttribute(Qt::WA_StyledBackground, look == Look::panel || look == Look::card ||
                                                     look == Look::raised || look == Look::hairline);
    widget.style()->unpolish(&widget);
    widget.style()->polish(&widget);
}

}  // namespace smidgen
