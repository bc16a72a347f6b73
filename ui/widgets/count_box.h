#pragma once

#include <QSpinBox>

namespace tidemark {

/// A number to type or to step. What is no number of its range stays as it was typed, so that it can be objected to: it
/// is neither cut nor replaced silently.
class CountBox : public QSpinBox
{
    Q_OBJECT

public:
    explicit CountBox(QWidget *parent = nullptr);

    /// What is shown, without a signal.
    void showText(const QString &text);

Q_SIGNALS:
    /// By key, wheel or button, as it stands there now.
    void edited(const QString &text);

protected:
    QValidator::State validate(QString &text, int &position) const override;
};

} // namespace tidemark
