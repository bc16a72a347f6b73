#pragma once

#include <QFileDialog>
#include <QTest>

namespace tidemark::test {

/// Waits for the file dialog over this window and answers it with a path, as if the person had chosen it. The dialog's
/// own inside is Qt's business.
inline bool answerFileDialog(const QWidget *window, const QString &path)
{
    const auto dialog = [window] { return window->findChild<QFileDialog *>(); };
    if (!QTest::qWaitFor([&dialog] { return dialog() != nullptr; }))
        return false;
    Q_EMIT dialog()->fileSelected(path);
    dialog()->close();
    return QTest::qWaitFor([&dialog] { return dialog() == nullptr; });
}

} // namespace tidemark::test
