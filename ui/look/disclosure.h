#pragma once

#include <QToolButton>

class QSettings;

namespace tidemark {

/// Shows and hides more of a page. A chevron tells whether it is open; the text stays as it is.
class Disclosure : public QToolButton
{
    Q_OBJECT

public:
    explicit Disclosure(const QString &text, QWidget *parent = nullptr);

    /// What it shows and hides.
    void setContent(QWidget *content);
    /// Is as it was left the last time, and will be.
    void remember(QSettings &settings, const QString &key);

private:
    void show(bool isOpen);

    QWidget *m_content = nullptr;
};

} // namespace tidemark
