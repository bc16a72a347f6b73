#include "ui/wizard/unknown_order.h"

#include "ui/look/chip.h"
#include "ui/look/metrics.h"
#include "ui/look/stage_widgets.h"

#include <QVBoxLayout>

namespace tidemark {

UnknownOrder::UnknownOrder(QWidget *parent)
    : Panel(3, parent)
    , m_stages(new StageStrip)
{
    setObjectName(QStringLiteral("unknownOrder"));
    auto *chip = new Chip;
    chip->setChip(chipOf(stagesOfUnknownOrder(true, {})));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(u(2));
    layout->addWidget(chip, 0, Qt::AlignLeading);
    layout->addWidget(m_stages);
}

void UnknownOrder::setKind(bool isToCluster)
{
    m_stages->setStages(
        stagesOfUnknownOrder(isToCluster, tr("looked for among the restore jobs of the source")).stages);
}

} // namespace tidemark
