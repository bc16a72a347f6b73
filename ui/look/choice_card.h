#pragma once

#include <QAbstractButton>

namespace tidemark {

/// One of several ways, as a card with icon, title and sentence; to assistive technology a radio button. It excludes
/// its siblings, the arrow keys go on among them, and Enter chooses and asks to go on. A way that cannot be gone says
/// why. Digits are the page's business.
class ChoiceCard : public QAbstractButton
{
    Q_OBJECT

public:
    ChoiceCard(const QString &icon, const QString &title, const QString &sentence, QWidget *parent = nullptr);

    /// Disabled, with the reason in full; empty: it can be chosen.
    void setObjection(const QString &reason);
    QString objection() const { return m_objection; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

Q_SIGNALS:
    void goOn(); ///< Enter was pressed on it; it is chosen

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Places;
    Places placesFor(int width) const;
    void paintGround(QPainter &painter) const;

    QString m_icon, m_sentence, m_objection;
};

} // namespace tidemark
