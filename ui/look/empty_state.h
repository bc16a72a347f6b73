#pragma once

#include <QWidget>

class QPushButton;

namespace tidemark {

class LookIcon;
class LookLabel;

/// What a list shows while it has nothing to list: an icon, what is missing, one sentence, and the one thing to do.
class EmptyState : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyState(const QString &icon, QWidget *parent = nullptr);

    /// Without `buttonText` there is no button.
    void setTexts(const QString &title, const QString &sentence, const QString &buttonText = {});

Q_SIGNALS:
    void buttonClicked();

private:
    LookLabel *m_title;
    LookLabel *m_sentence;
    QPushButton *m_button;
};

} // namespace tidemark
