#pragma once

#include <QWidget>

class QAction;
class QLabel;
class QPushButton;

namespace tidemark {

/// What a screen shows while it has nothing to list: what is missing and, on a button, what to do next.
class EmptyPage : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyPage(QWidget *parent = nullptr);

    /// Without `buttonText` there is no button.
    void setTexts(const QString &title, const QString &sentence, const QString &buttonText = {});

Q_SIGNALS:
    void buttonClicked();

private:
    QLabel *m_title;
    QLabel *m_sentence;
    QPushButton *m_button;
};

} // namespace tidemark
