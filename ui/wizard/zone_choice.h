#pragma once

#include <QComboBox>

namespace tidemark {

/// In which zone a time is read that names none: UTC, this machine's, or any of the zone data base. UTC until the
/// person changes it; F8 switches between UTC and this machine's.
class ZoneChoice : public QComboBox
{
    Q_OBJECT

public:
    explicit ZoneChoice(QWidget *parent = nullptr);

    /// The zone data base's id; empty for UTC.
    QString zone() const { return currentData().toString(); }
    /// As if it had been chosen, without zoneChosen().
    void setZone(const QString &zone);

Q_SIGNALS:
    void zoneChosen(const QString &zone);

private:
    void switchOver();
};

} // namespace tidemark
