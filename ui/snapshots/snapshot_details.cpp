#include "ui/snapshots/snapshot_details.h"

#include "base/text.h"
#include "ui/look/keep.h"
#include "ui/look/look_label.h"
#include "ui/snapshots/snapshot_texts.h"
#include "ui/widgets/time_text.h"
#include "ui/widgets/wrap_layout.h"

#include <QGridLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace tidemark {

namespace {

LookLabel *selectable(const QString &text, TypeRole type, Ink ink)
{
    auto *label = new LookLabel(text, type, ink, LookLabel::Wrap::Yes);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

SnapshotDetails::SnapshotDetails(QWidget *parent)
    : QScrollArea(parent)
{
    setObjectName(QStringLiteral("snapshotDetails"));
    setAccessibleName(tr("Details of the snapshot"));
    setWidgetResizable(true);
    setFrameShape(QFrame::StyledPanel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    build();
}

QSize SnapshotDetails::sizeHint() const
{
    return {u(86), u(60)};
}

void SnapshotDetails::show(const Snapshot &snapshot)
{
    if (m_snapshot == snapshot)
        return; // a text that is being selected stays
    m_snapshot = snapshot;
    build();
}

void SnapshotDetails::clear()
{
    if (!m_snapshot)
        return;
    m_snapshot.reset();
    build();
}

void SnapshotDetails::build()
{
    auto *content = new QWidget;
    content->setAutoFillBackground(true);
    content->setBackgroundRole(QPalette::Base);
    m_layout = new QVBoxLayout(content);
    m_layout->setContentsMargins(u(3.5), u(3.5), u(3.5), u(3.5));
    m_layout->setSpacing(u(2));
    if (m_snapshot) {
        m_layout->addWidget(selectable(utcText(m_snapshot->created.time()), TypeRole::Heading, Ink::Text));
        if (!isLocalUtc(m_snapshot->created.time()))
            m_layout->addWidget(selectable(localTimeText(m_snapshot->created.time()), TypeRole::Caption, Ink::Text2));
        addChips();
        addFacts();
        addParts();
    } else {
        m_layout->addWidget(new LookLabel(tr("Select a snapshot to see what is in it."), TypeRole::Body, Ink::Text2,
                                          LookLabel::Wrap::Yes));
    }
    m_layout->addStretch(1);
    setWidget(content);
}

void SnapshotDetails::addChips()
{
    auto *row = new QWidget;
    auto *chips = new WrapLayout(row);
    chips->setSpacing(u(1.5));
    for (const ChipData &badge : snapshotBadges(*m_snapshot)) {
        auto *chip = new Chip;
        chip->setChip(badge);
        chips->addWidget(chip);
    }
    m_layout->addWidget(row);
}

void SnapshotDetails::addFacts()
{
    m_grid = new QGridLayout;
    m_grid->setHorizontalSpacing(u(3));
    m_grid->setVerticalSpacing(u(0.5));
    m_grid->setColumnStretch(1, 1);
    const Snapshot &snapshot = *m_snapshot;
    addLine(tr("MongoDB"), snapshotVersions(snapshot));
    addLine(tr("FCV"), snapshotFcvs(snapshot));
    addLine(tr("Files"),
            tr("%1, the archive is compressed and normally smaller").arg(bytesText(snapshot.fileSizeBytes())));
    addLine(tr("Encryption"), snapshotEncryption(snapshot));
    addLine(tr("Expires"), snapshot.expires.isValid() ? utcAndLocalText(snapshot.expires) : tr("Never"));
    if (snapshot.lastOplogApplied)
        addLine(tr("Last oplog entry"), tr("%1, increment %2")
                                            .arg(utcAndLocalText(snapshot.lastOplogApplied->time()))
                                            .arg(snapshot.lastOplogApplied->increment));
    addLine(tr("Missing shards"), snapshot.missingShards.join(QStringLiteral(", ")));
    addLine(snapshot.namespaceFilterExcludes ? tr("Without") : tr("Only"),
            snapshot.namespaceFilter.join(QStringLiteral(", ")));
    addLine(tr("Id"), snapshot.id.value, true);
    m_layout->addLayout(m_grid);
}

void SnapshotDetails::addParts()
{
    m_layout->addSpacing(u(1));
    m_layout->addWidget(
        selectable(tr("%n parts", nullptr, static_cast<int>(m_snapshot->parts.size())), TypeRole::Strong, Ink::Text));
    for (const SnapshotPart &part : m_snapshot->parts) {
        auto *block = new QWidget;
        auto *lines = new QVBoxLayout(block);
        lines->setContentsMargins({});
        lines->setSpacing(0);
        lines->addWidget(
            selectable(part.replicaSetName.isEmpty() ? part.typeName : part.replicaSetName, TypeRole::Body, Ink::Text));
        QStringList facts{part.typeName};
        if (!part.mongodVersion.isEmpty())
            facts << tr("MongoDB %1").arg(part.mongodVersion);
        facts << tr("%1 of files").arg(bytesText(part.fileSizeBytes))
              << tr("%1 of data").arg(bytesText(part.dataSizeBytes));
        lines->addWidget(selectable(facts.join(QStringLiteral(" · ")), TypeRole::Caption, Ink::Text2));
        m_layout->addWidget(block);
    }
}

void SnapshotDetails::addLine(const QString &what, const QString &value, bool isMono)
{
    if (value.isEmpty())
        return;
    const int row = m_grid->rowCount();
    m_grid->addWidget(new LookLabel(what, TypeRole::Caption, Ink::Text2), row, 0, Qt::AlignTop);
    m_grid->addWidget(selectable(value, isMono ? TypeRole::Mono : TypeRole::Body, Ink::Text), row, 1);
}

} // namespace tidemark
