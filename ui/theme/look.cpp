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

TextRole textRoleOf(Look look) {
    switch (look) {
        case Look::heading:
            return TextRole::heading;
        case Look::small:
            return TextRole::small;
        case Look::strong:
            return TextRole::strong;
        case Look::figure:
            return TextRole::figure;
        case Look::title:
            return TextRole::title;
        default:
            return TextRole::body;
    }
}

}  // namespace

void setLook(QWidget& widget, Look look) {
    widget.setProperty("look", QString::fromLatin1(nameOf(look)));
    widget.setAttribute(Qt::WA_StyledBackground, look == Look::panel || look == Look::card ||
                                                     look == Look::raised || look == Look::hairline);
    if (const TextRole role = textRoleOf(look); role != TextRole::body) widget.setFont(Theme::font(role));
    widget.style()->unpolish(&widget);
    widget.style()->polish(&widget);
}

}  // namespace smidgen
