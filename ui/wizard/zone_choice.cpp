#include "ui/wizard/zone_choice.h"

#include "ui/widgets/labels.h"

#include <QShortcut>
#include <QTimeZone>

#include <algorithm>

namespace tidemark {

namespace {

/// Regions' zones by name; not the file's other spellings of them ("posix/…", "Etc/GMT+5").
QStringList zonesOfTheWorld()
{
    QStringList zones;
    for (const QByteArray &id : QTimeZone::availableTimeZoneIds()) {
        const QString name = QString::fromLatin1(id);
        const bool isRegion = name.contains(QLatin1Char('/')) && !name.startsWith(QLatin1String("Etc/")) &&
                              !name.startsWith(QLatin1String("posix/")) && !name.startsWith(QLatin1String("right/")) &&
                              !name.startsWith(QLatin1String("System"));
        if (isRegion)
            zones << name;
    }
    std::ranges::sort(zones);
    return zones;
}

} // namespace

ZoneChoice::ZoneChoice(QWidget *parent)
    : QComboBox(parent)
{
    setObjectName(QStringLiteral("pointZone"));
    setMaxVisibleItems(12);
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(14);
    addItem(tr("UTC"), QString());
    const QString here = QString::fromLatin1(QTimeZone::systemTimeZoneId());
    const bool isUtc = here.isEmpty() || here == QLatin1String("UTC") || here == QLatin1String("Etc/UTC");
    if (!isUtc)
        addItem(tr("%1 (here)").arg(here), here);
    for (const QString &zone : zonesOfTheWorld()) {
        if (zone != here)
            addItem(zone, zone);
    }
    const QKeySequence key(Qt::Key_F8);
    setToolTip(tr("The zone of a time that names none. %1 switches between UTC and this computer's zone.")
                   .arg(key.toString(QKeySequence::NativeText)));
    auto *other = new QShortcut(key, this);
    other->setContext(Qt::WindowShortcut);
    connect(other, &QShortcut::activated, this, &ZoneChoice::switchOver);
    connect(this, &QComboBox::activated, this, [this] { Q_EMIT zoneChosen(zone()); });
}

void ZoneChoice::setZone(const QString &zone)
{
    const int index = findData(zone);
    setCurrentIndex(index >= 0 ? index : 0);
}

void ZoneChoice::switchOver()
{
    const QString here = QString::fromLatin1(QTimeZone::systemTimeZoneId());
    setZone(zone().isEmpty() ? here : QString());
    Q_EMIT zoneChosen(zone());
}

} // namespace tidemark
