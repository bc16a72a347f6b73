#pragma once

#include "ui/widgets/message_bar.h"

namespace tidemark {

/// Says that a file was saved, and leads to it.
class SavedFileBar : public MessageBar
{
    Q_OBJECT

public:
    explicit SavedFileBar(QWidget *parent = nullptr);

    void showSaved(const QString &text, const QString &path);
};

} // namespace tidemark
