# What the ctest entry shows is that the program runs; nothing is timed there.
add_executable(bench_empty_wizard empty_wizard.cpp)
target_link_libraries(bench_empty_wizard PRIVATE tidemark_options Qt6::Widgets)
add_executable(bench_start bench_start.cpp)
target_link_libraries(bench_start PRIVATE tidemark_options bench_server)
add_test(NAME bench_start_runs COMMAND bench_start --starts 1 --program $<TARGET_FILE:tidemark>
  --empty $<TARGET_FILE:bench_empty_wizard>)
set_tests_properties(bench_start_runs PROPERTIES TIMEOUT 120)
