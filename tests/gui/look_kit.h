#pragma once

#include <QWidget>

namespace tidemark::test {

/// The kit of parts in one picture, as in the mock-ups: roles, type, chips, bars, stages, findings, notices, buttons,
/// cards, rows, stage column and rail.
QWidget *makeKit();

} // namespace tidemark::test
