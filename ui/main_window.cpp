#include "main_window.h"

namespace tidemark {

MainWindow::MainWindow(QWidget *parent)
    : QMainWindow(parent)
{
}

} // namespace tidemark
