#pragma once

#include <QWidget>

class QPushButton;

namespace tidemark {

class FieldHint;

/// A line above a list of which a part is not known: what is missing or old, why, and Try again. Hidden while all is
/// known.
class ReadingLine : public QWidget
{
    Q_OBJECT

public:
    explicit ReadingLine(QWidget *parent = nullptr);

    /// Each text is a line of its own; empty ones are left out. `isFailure`: something failed, rather than being on its
    /// way.
    void say(const QStringList &texts, bool isFailure);
    QString text() const;

Q_SIGNALS:
    void tryAgain();

private:
    FieldHint *m_hint;
    QPushButton *m_again;
};

} // namespace tidemark
