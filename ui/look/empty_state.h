#pragma once

#include <QWidget>

class QPushButton;

namespace tidemark {

class LookIcon;
class LookLabel;

/// What is said in a list's place.
struct EmptyTexts
{
    QString title;
    QString sentence;
    QString button; ///< empty: there is nothing to do but wait
    QString icon;   ///< a name; empty: the list's own

    bool operator==(const EmptyTexts &) const = default;
};

/// What a list shows while it has nothing to list: an icon, what is missing, one sentence, and the one thing to do.
class EmptyState : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyState(const QString &icon, QWidget *parent = nullptr);

    void say(const EmptyTexts &texts);

Q_SIGNALS:
    void buttonClicked();

private:
    QString m_ownIcon;
    LookIcon *m_icon;
    LookLabel *m_title;
    LookLabel *m_sentence;
    QPushButton *m_button;
};

} // namespace tidemark
