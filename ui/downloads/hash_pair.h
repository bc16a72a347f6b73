#pragma once

#include <QWidget>

class QLabel;

namespace tidemark {

class LookIcon;
class LookLabel;

/// Both hashes of a download one above the other, so that the eye compares, and the word for what comes of it.
class HashPair : public QWidget
{
    Q_OBJECT

public:
    explicit HashPair(QWidget *parent = nullptr);

    /// Hex, or empty where it is not known. Hidden while neither is.
    void show(const QString &own, const QString &published);

private:
    QLabel *addHash(const QString &name, const QString &objectName, LookIcon *icon, QWidget *verdict);

    LookIcon *m_ownIcon;
    LookLabel *m_same;
    LookLabel *m_differs;
    QLabel *m_published;
    QLabel *m_own;
};

} // namespace tidemark
