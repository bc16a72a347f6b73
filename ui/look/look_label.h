#pragma once

#include "ui/look/metrics.h"
#include "ui/look/roles.h"

#include <QLabel>

namespace tidemark {

/// A text in one of the roles of type and ink. One that wraps says how high it is for a width, asks for no more than a
/// line, and so neither clips nor leaves a hole. Begins where one begins to read, whatever its letters are.
class LookLabel : public QLabel
{
    Q_OBJECT

public:
    enum class Wrap { No, Yes };

    explicit LookLabel(const QString &text = {}, TypeRole type = TypeRole::Body, Ink ink = Ink::Text,
                       Wrap wrap = Wrap::No, QWidget *parent = nullptr);

    void setType(TypeRole type);
    void setInk(Ink ink);

    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;

private:
    void align();

    TypeRole m_type;
    Ink m_ink;
};

/// An icon alone, `side` units wide; the words beside it say the same.
class LookIcon : public QWidget
{
    Q_OBJECT

public:
    LookIcon(const QString &name, Ink ink, double side, QWidget *parent = nullptr);

    void setIcon(const QString &name, Ink ink);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_name;
    Ink m_ink;
    double m_side;
};

} // namespace tidemark
