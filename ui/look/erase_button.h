#pragma once

#include <QPushButton>

namespace tidemark {

/// The button that erases a cluster. It paints itself flat, since styles wash a red button out, and Enter never presses
/// it: it is not the default button and cannot be made it.
class EraseButton : public QPushButton
{
    Q_OBJECT

public:
    explicit EraseButton(QWidget *parent = nullptr);

    /// "Erase drill-sharded and restore". Its accessible name is "Restore: " and then the text, by which both scripts
    /// and people who speak to their computer find it.
    void setWords(const QString &text);
    void setDefault(bool) = delete;
    void setAutoDefault(bool) = delete;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace tidemark
