#pragma once

#include <QLayout>

#include <memory>
#include <vector>

namespace tidemark {

/// Its items stand beside each other, as wide as they like to be, and go on in a further line where there is no more
/// room: many short things need no wide window.
class WrapLayout : public QLayout
{
    Q_OBJECT

public:
    explicit WrapLayout(QWidget *parent = nullptr);
    ~WrapLayout() override;

    void addItem(QLayoutItem *item) override;
    int count() const override;
    QLayoutItem *itemAt(int index) const override;
    QLayoutItem *takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return {}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override; ///< in one line
    QSize minimumSize() const override;
    void setGeometry(const QRect &rect) override;

private:
    int arrange(const QRect &rect, bool isMeant) const;

    std::vector<std::unique_ptr<QLayoutItem>> m_items;
};

} // namespace tidemark
