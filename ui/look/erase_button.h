#pragma once

#include <QPushButton>

namespace tidemark {

/// The button that orders: red where a cluster is erased, of the accent's colour where nothing is lost. It paints
/// itself flat, since styles wash a red button out, and Enter never presses it: it is not the default button and cannot
/// be made it. Words that are too long lose their middle, where a cluster's name stands; the tool tip has all of them.
class EraseButton : public QPushButton
{
    Q_OBJECT

public:
    explicit EraseButton(QWidget *parent = nullptr);

    /// "Erase drill-sharded and restore". Its accessible name is "Restore: " and then the text, by which both scripts
    /// and people who speak to their computer find it.
    void setWords(const QString &text);
    /// "Create download link": nothing is erased, and the text is its accessible name.
    void setHarmlessWords(const QString &text);
    void setDefault(bool) = delete;
    void setAutoDefault(bool) = delete;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    int room() const;
    void say(const QString &text, const QString &accessibleName, bool erases);

    bool m_erases = true;
};

} // namespace tidemark
