#pragma once

#include <QObject>

namespace tidemark {

/// Tells a fresh press of a key, a button or an assistive tool from a key that is still held down from before, and from
/// the second half of a double click. For buttons behind which something cannot be undone.
class FreshPress : public QObject
{
    Q_OBJECT

public:
    explicit FreshPress(QObject *parent = nullptr);

    bool isFresh() const { return !m_belongsToBefore; }

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool m_belongsToBefore = false;
};

} // namespace tidemark
