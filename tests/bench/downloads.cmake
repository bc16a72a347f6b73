# What the ctest entries show is that the programs run; nothing is timed there.
add_library(bench_server STATIC bench_server.cpp bench_server.h timed_process.cpp timed_process.h)
target_link_libraries(bench_server PUBLIC Qt6::Network PRIVATE tidemark_options test_ports)
target_include_directories(bench_server PUBLIC ${PROJECT_SOURCE_DIR}/tests)

add_executable(bench_download bench_download.cpp)
target_link_libraries(bench_download PRIVATE tidemark_options bench_server test_archives)
add_test(NAME bench_download_runs
  COMMAND bench_download --size 4M --rounds 1 --rehash --memory --large 300M --folder ${CMAKE_CURRENT_BINARY_DIR})
set_tests_properties(bench_download_runs PROPERTIES TIMEOUT 300)

add_executable(bench_ui bench_ui.cpp bench_jobs.cpp bench_jobs.h standstill.cpp standstill.h
  ticks.cpp ticks.h timed_application.cpp timed_application.h)
target_link_libraries(bench_ui PRIVATE tidemark_options bench_server tidemark_ui tidemark_test_support test_archives)
add_test(NAME bench_ui_runs
  COMMAND bench_ui --seconds 2 --jobs 200 --clusters 2 --interval 300 --size 64M --folder ${CMAKE_CURRENT_BINARY_DIR})
add_test(NAME bench_ui_scrolls COMMAND bench_ui --seconds 2 --jobs 400 --clusters 2 --interval 300 --downloads 0 --scroll)
set_tests_properties(bench_ui_runs bench_ui_scrolls PROPERTIES TIMEOUT 120 ENVIRONMENT "QT_QPA_PLATFORM=offscreen")
