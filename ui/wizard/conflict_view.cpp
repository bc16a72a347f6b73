#include "ui/wizard/conflict_view.h"

#include "ui/widgets/item_view_setup.h"
#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace tidemark {

ConflictView::ConflictView(QSettings &settings, QWidget *parent)
    : QWidget(parent)
    , m_model(new QStandardItemModel(0, 6, this))
    , m_table(new QTableView)
    , m_tick(new QCheckBox(tr("&Send a second restore")))
{
    m_table->setObjectName(QStringLiteral("conflicts"));
    m_model->setHorizontalHeaderLabels(
        {tr("What"), tr("Source"), tr("Point"), tr("Target"), tr("When"), tr("Job or batch")});
    m_tableSetup = new ItemViewSetup(m_table, m_model,
                                     {.name = QStringLiteral("conflicts"),
                                      .columns = {{0, QStringLiteral("what")},
                                                  {1, QStringLiteral("source")},
                                                  {2, QStringLiteral("point")},
                                                  {3, QStringLiteral("target")},
                                                  {4, QStringLiteral("when")},
                                                  {5, QStringLiteral("id")}},
                                      .sort = {}},
                                     settings);
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
    m_model->setRowCount(static_cast<int>(lines.size()));
    int row = 0;
    for (const OrderLine &line : lines) {
        int column = 0;
        for (const QString &text : {line.what, line.cluster, line.point, line.target, line.when, line.id})
            m_model->setItem(row, column++, new QStandardItem(text));
        ++row;
    }
    m_table->setFixedHeight(m_tableSetup->heightFor(std::min(row, 6)) +
                            m_table->horizontalScrollBar()->sizeHint().height());
    setVisible(m_isShown);
}

bool ConflictView::isAnswered() const
{
    return !m_isShown || m_tick->isChecked();
}

} // namespace tidemark
