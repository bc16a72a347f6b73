# Whole models and what is said of a restore, against the files in tests/data/models.
add_library(test_model_dump STATIC ${PROJECT_SOURCE_DIR}/tests/support/model_dump.cpp
  ${PROJECT_SOURCE_DIR}/tests/support/model_dump.h)
target_link_libraries(test_model_dump PUBLIC tidemark_ui PRIVATE tidemark_options)
target_include_directories(test_model_dump PUBLIC ${PROJECT_SOURCE_DIR}/tests)
target_compile_definitions(test_model_dump PRIVATE TIDEMARK_MODEL_FILES="${PROJECT_SOURCE_DIR}/tests/data/models")
tidemark_test(test_model_files SOURCES model_files_test.cpp LIBS test_model_dump downloads_bench)
tidemark_test(test_finding_files SOURCES finding_files_test.cpp LIBS test_model_dump)
