# A few hundred combinations of faults by ctest; `cmake --build … --target fuzz_downloads` drives 10,000.
tidemark_test(test_download_fuzz SOURCES download_fuzz_test.cpp LIBS test_modelled_disk test_archives)
set(fuzz_environment)
if(IS_DIRECTORY /dev/shm) # in memory: thousands of syncs would be all that takes time
  set(fuzz_environment "TMPDIR=/dev/shm")
  set_property(TEST test_download_fuzz APPEND PROPERTY ENVIRONMENT "${fuzz_environment}")
endif()
add_custom_target(fuzz_downloads
  COMMAND ${CMAKE_COMMAND} -E env ${fuzz_environment} TIDEMARK_FUZZ_SEED=1 TIDEMARK_FUZZ_ROUNDS=10000
    QTEST_FUNCTION_TIMEOUT=36000000 $<TARGET_FILE:test_download_fuzz>
  USES_TERMINAL COMMENT "Driving 10,000 combinations of faults through downloads")
