# What the program advises, followed from where it is read.
add_library(downloads_bench STATIC downloads_bench.cpp downloads_bench.h)
target_link_libraries(downloads_bench PUBLIC test_driver test_archives PRIVATE tidemark_options)
tidemark_test(test_advice_downloads SOURCES advice_downloads_test.cpp LIBS downloads_bench)
tidemark_test(test_advice_jobs SOURCES advice_jobs_test.cpp LIBS tidemark_ui)
tidemark_test(test_advice_window SOURCES advice_window_test.cpp LIBS test_window_bench test_driver restore_test_support)
tidemark_test(test_advice_wizard SOURCES advice_wizard_test.cpp LIBS wizard_bench test_driver restore_test_support)
add_test(NAME advice_listed COMMAND ${SYSTEM_PYTHON3_PROGRAM} ${CMAKE_CURRENT_SOURCE_DIR}/advice_listed_test.py)
set_tests_properties(advice_listed PROPERTIES TIMEOUT 30 ENVIRONMENT PYTHONDONTWRITEBYTECODE=1)
