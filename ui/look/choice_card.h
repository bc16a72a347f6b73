#pragma once

#include <QAbstractButton>

namespace tidemark {

/// One of several ways, as a card with icon, title and sentence; to assistive technology a radio button. It excludes
/// its siblings, the cards of the same parent: the arrow keys choose the next one that can be, the digits the first to
/// the ninth, and Enter chooses this one and asks to go on. A way that cannot be gone says why.
class ChoiceCard : public QAbstractButton
{
    Q_OBJECT

public:
    ChoiceCard(const QString &icon, const QString &title, const QString &sentence, QWidget *parent = nullptr);

    /// What stands above its group, for those who do not see it: said after the sentence.
    void setGroupWords(const QString &words);
    /// Disabled, with the reason in full; empty: it can be chosen.
    void setObjection(const QString &reason);
    QString objection() const { return m_objection; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

Q_SIGNALS:
    void goOn(); ///< Enter was pressed on it, afresh; it is chosen

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Places;
    Places placesFor(int width) const;
    void paintGround(QPainter &painter) const;
    QList<ChoiceCard *> group() const;
    bool choose();
    void chooseNext(int step);
    void describe();

    QString m_icon, m_sentence, m_groupWords, m_objection;
};

} // namespace tidemark
