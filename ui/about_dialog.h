#pragma once

#include <QDialog>

namespace tidemark {

/// **About Tidemark**: which version this is, under which licence, and what it is made of.
class AboutDialog : public QDialog
{
    Q_OBJECT

public:
    explicit AboutDialog(QWidget *parent = nullptr);
};

} // namespace tidemark
