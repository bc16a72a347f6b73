#pragma once

#include "ui/look/panel.h"

namespace tidemark {

class StageStrip;

/// How far an order is of which it is not known whether the server has it: nothing is reached. What
/// is being looked at is said beside it.
class UnknownOrder : public Panel
{
    Q_OBJECT

public:
    explicit UnknownOrder(QWidget *parent = nullptr);

    void setKind(bool isToCluster);

private:
    StageStrip *m_stages;
};

} // namespace tidemark
