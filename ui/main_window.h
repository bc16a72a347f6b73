#pragma once

#include <QMainWindow>

namespace tidemark {

class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(QWidget *parent = nullptr);
};

} // namespace tidemark
