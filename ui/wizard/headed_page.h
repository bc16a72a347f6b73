#pragma once

#include <QWizardPage>

namespace tidemark {

class LookLabel;

/// A page that has its title and what is done on it above the rest. QWizard's own titles stay empty: with them the rail
/// would not reach the window's edges. A screen reader knows the page by them.
class HeadedPage : public QWizardPage
{
    Q_OBJECT

public:
    explicit HeadedPage(QWidget *parent = nullptr);

    /// Once the page has everything: its head stands still, the rest is scrolled where there is no room.
    void layOut();

protected:
    void setHead(const QString &title, const QString &what);

private:
    QWidget *m_head;
    LookLabel *m_title;
    LookLabel *m_what;
};

} // namespace tidemark
