#include "ui/main_window.h"

#include <QApplication>

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    tidemark::MainWindow window;
    window.show();
    return application.exec();
}
