#pragma once

#include "base/error.h"
#include "ui/widgets/message_bar.h"

namespace tidemark {

/// What is wrong with the files in which the program keeps orders, connections, downloads and the audit log: each
/// sentence once, all of them together until the person closes the bar. Other messages never push them out.
class TroubleBar : public MessageBar
{
    Q_OBJECT

public:
    explicit TroubleBar(QWidget *parent = nullptr);

    void add(const Error &error);

private:
    QStringList m_sentences;
};

} // namespace tidemark
