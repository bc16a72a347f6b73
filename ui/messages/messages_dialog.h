#pragma once

#include <QDialog>

class QSettings;

namespace tidemark {

class Notices;

/// **Messages**: what the program has said and which requests failed, to be read again and copied into a ticket. It
/// stays open beside the main window.
class MessagesDialog : public QDialog
{
    Q_OBJECT

public:
    MessagesDialog(Notices &notices, QSettings &settings, QWidget *parent = nullptr);
};

} // namespace tidemark
