#include "ui/wizard/unknown_order.h"

#include "ui/look/chip.h"
#include "ui/look/stage_widgets.h"

#include <QHBoxLayout>

namespace tidemark {

UnknownOrder::UnknownOrder(QWidget *parent)
    : Panel(2, parent)
    , m_stages(new StageStrip)
{
    setObjectName(QStringLiteral("unknownOrder"));
    auto *chip = new Chip;
    chip->setChip(chipOf(stagesOfUnknownOrder(true, {})));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_stages, 1);
    layout->addWidget(chip, 0, Qt::AlignTop);
}

void UnknownOrder::setKind(bool isToCluster)
{
    m_stages->setStages(stagesOfUnknownOrder(isToCluster, {}).stages);
}

} // namespace tidemark
