// What the person is looking at: one collection, one model, one take, and which of them was chosen last.
#pragma once

#include <QObject>

#include "engine/workstation/snapshots.h"

namespace smidgen::ui {

/// Ids only; empty when there is none. Every setter makes that kind the focus.
class Selection final : public QObject {
    Q_OBJECT

 public:
    enum class Kind { none, collection, model, take };
    Q_ENUM(Kind)
    using QObject::QObject;

    [[nodiscard]] const CollectionId& collection() const { return m_collection; }
    [[nodiscard]] const ModelId& model() const { return m_model; }
    [[nodiscard]] const TakeId& take() const { return m_take; }
    [[nodiscard]] Kind focus() const { return m_focus; }

    void setCollection(const CollectionId& id);
    void setModel(const ModelId& id);
    void setTake(const TakeId& id);

 Q_SIGNALS:
    void collectionChanged();
    void modelChanged();
    void takeChanged();
    /// After any of the above, and when an already chosen one is chosen again.
    void focusChanged();

 private:
    CollectionId m_collection;
    ModelId m_model;
    TakeId m_take;
    Kind m_focus = Kind::none;
};

}  // namespace smidgen::ui
