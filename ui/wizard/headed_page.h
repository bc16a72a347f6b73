#pragma once

#include <QWizardPage>

namespace tidemark {

class FieldHint;
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
    /// Under what is done here, until something else is said: what was asked for elsewhere and waits for this window.
    /// Empty: nothing.
    void sayInHead(const QString &text);

protected:
    void setHead(const QString &title, const QString &what);

private:
    QWidget *m_head;
    LookLabel *m_title;
    LookLabel *m_what;
    FieldHint *m_notice;
};

} // namespace tidemark
