// How takes are written: only combinations that exist can be chosen.
#pragma once

#include <QWidget>

#include "engine/workstation/export_profiles.h"
#include "ui/commands/studio.h"

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;
class QSlider;

namespace smidgen::ui {

class EdgeFields;
class LevelFields;
class ProfileRow;

class ExportForm final : public QWidget {
    Q_OBJECT

 public:
    explicit ExportForm(const Studio& studio, QWidget* parent = nullptr);

    /// Without takes.
    [[nodiscard]] ExportRequest request() const;
    [[nodiscard]] ExportSettings settings() const;
    void setSettings(const ExportSettings& settings);
    [[nodiscard]] ProfileRow& profiles() { return *m_profiles; }
    void remember();

 Q_SIGNALS:
    void changed();

 private:
    void makeFields();
    void layOut();
    void connectFields();
    void showDepths();
    void showRates();
    [[nodiscard]] WriteProfile profile() const;

    Studio m_studio;
    ExportSettings m_rest;  ///< what has no field: further tags of a profile
    ProfileRow* m_profiles;
    QLineEdit* m_folder;
    QComboBox* m_format;
    QComboBox* m_depth;
    QComboBox* m_rate;
    QComboBox* m_channels;
    QSlider* m_quality;
    QCheckBox* m_dither;
    LevelFields* m_level;
    EdgeFields* m_edges;
    QLineEdit* m_template;
    QLineEdit* m_artist;
    QLineEdit* m_comment;
    QCheckBox* m_sidecar;
    QCheckBox* m_overwrite;
    QWidget* m_depthRow;
    QWidget* m_qualityRow;
    QFormLayout* m_rows;
};

}  // namespace smidgen::ui
