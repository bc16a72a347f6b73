#include "ui/wizard/conflict_view.h"

#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QHeaderView>
#include <QScrollBar>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace tidemark {

ConflictView::ConflictView(QWidget *parent)
    : QWidget(parent)
    , m_table(new QTableWidget)
    , m_tick(new QCheckBox(tr("&Send a second restore")))
{
    m_table->setObjectName(QStringLiteral("conflicts"));
    m_table->setColumnCount(6);
    m_table->setHorizontalHeaderLabels(
        {tr("What"), tr("Source"), tr("Point"), tr("Target"), tr("When"), tr("Job or batch")});
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 3 / 2);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_tick->setObjectName(QStringLiteral("sendSecond"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(labelFor(tr("Compare"), m_table));
    layout->addWidget(m_table);
    layout->addWidget(m_tick);
    connect(m_tick, &QCheckBox::toggled, this, &ConflictView::answeredChanged);
    hide();
}

void ConflictView::setLines(const std::vector<OrderLine> &lines)
{
    m_isShown = !lines.empty();
    m_tick->setChecked(false);
    m_table->setRowCount(static_cast<int>(lines.size()));
    int row = 0;
    for (const OrderLine &line : lines) {
        int column = 0;
        for (const QString &text : {line.what, line.cluster, line.point, line.target, line.when, line.id}) {
            auto *item = new QTableWidgetItem(text);
            item->setToolTip(text);
            m_table->setItem(row, column++, item);
        }
        ++row;
    }
    m_table->resizeColumnsToContents();
    const int height = std::min(row, 6) * m_table->verticalHeader()->defaultSectionSize() +
                       m_table->horizontalHeader()->sizeHint().height() + 2 * m_table->frameWidth();
    m_table->setMinimumHeight(height);
    m_table->setMaximumHeight(height + m_table->horizontalScrollBar()->sizeHint().height());
    setVisible(m_isShown);
}

bool ConflictView::isAnswered() const
{
    return !m_isShown || m_tick->isChecked();
}

} // namespace tidemark
