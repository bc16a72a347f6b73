#pragma once

#include "ui/widgets/message_bar.h"

namespace tidemark {

class Notices;

/// The open notices of the main window, the first ones of them at a time. Closing puts away those that it shows.
class NoticeBar : public MessageBar
{
    Q_OBJECT

public:
    explicit NoticeBar(Notices &notices, QWidget *parent = nullptr);

Q_SIGNALS:
    void allRequested(); ///< the person wants to read all of them

private:
    void showOpen();

    Notices &m_notices;
};

} // namespace tidemark
