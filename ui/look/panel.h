#pragma once

#include "ui/look/roles.h"

#include <QFrame>

#include <optional>

namespace tidemark {

/// A quiet frame on Base around one matter. With a tone it is tinted, and may have a bar on its leading edge. Its
/// margins are its own: a layout in it has none.
class Panel : public QFrame
{
    Q_OBJECT

public:
    /// `pad`: units between the frame and what is in it.
    explicit Panel(double pad = 3.5, QWidget *parent = nullptr);

    void setTone(std::optional<Ink> tone, bool hasBar = true);
    std::optional<Ink> tone() const { return m_tone; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void setMargins();

    double m_pad;
    std::optional<Ink> m_tone;
    bool m_hasBar = false;
};

} // namespace tidemark
