#pragma once

#include <QWidget>

class QPlainTextEdit;
class QPushButton;

namespace tidemark {

/// Text for machines: read-only, in the desktop's fixed font, with a button that copies all of it.
class CodeView : public QWidget
{
    Q_OBJECT

public:
    /// `name` ("JSON") is the text's accessible name; the button is named "Copy JSON".
    explicit CodeView(const QString &name, QWidget *parent = nullptr);

    void setText(const QString &text);
    QString text() const;

private:
    QPlainTextEdit *m_text;
    QPushButton *m_copy;
};

} // namespace tidemark
