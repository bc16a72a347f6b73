#pragma once

#include "base/error.h"

#include <QStackedWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace tidemark {

/// A view of something that has to be fetched: shows the content, or that it is being read, or that there is nothing
/// (and what to do next), or what went wrong with a Retry button.
class LoadView : public QStackedWidget
{
    Q_OBJECT

public:
    enum class State { Content, Loading, Empty, Failed };

    /// Takes ownership of `content`.
    explicit LoadView(QWidget *content, QWidget *parent = nullptr);

    void showContent();
    /// The content gets the keyboard, now or once it is there, unless the person has gone elsewhere by then.
    void focusContent();
    void showLoading(const QString &text);
    void showEmpty(const QString &text);
    void showError(const Error &error);

    State state() const { return m_state; }
    QString message() const; ///< what is said in place of the content; empty for Content

Q_SIGNALS:
    void retry();

private:
    void say(State state, const QString &text);

    State m_state = State::Content;
    QWidget *m_content;
    QWidget *m_notice;
    QLabel *m_icon;
    QLabel *m_text;
    QProgressBar *m_busy;
    QPushButton *m_retry;
};

} // namespace tidemark
