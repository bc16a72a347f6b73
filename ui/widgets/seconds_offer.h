#pragma once

#include <QDateTime>
#include <QWidget>

#include <array>
#include <optional>

class QLabel;
class QPushButton;

namespace tidemark {

class UtcTimeEdit;

/// The whole seconds before and after a moment with fractions of a second, which the API does not take; nullopt where
/// the text is something else.
std::optional<std::array<QDateTime, 2>> secondsAround(const QString &text);

/// Offers them where such a moment is pasted, as logs have it; hidden otherwise.
class SecondsOffer : public QWidget
{
    Q_OBJECT

public:
    explicit SecondsOffer(UtcTimeEdit *edit, QWidget *parent = nullptr);

private:
    void showOffer(const QString &text);

    UtcTimeEdit *m_edit;
    std::array<QPushButton *, 2> m_seconds;
};

} // namespace tidemark
