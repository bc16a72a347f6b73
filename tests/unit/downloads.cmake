# Parts of downloads that need neither network nor threads.
tidemark_test(test_safe_name SOURCES safe_name_test.cpp LIBS tidemark_core)
tidemark_test(test_answer_plan SOURCES answer_plan_test.cpp LIBS tidemark_core)
tidemark_test(test_archive_check SOURCES archive_check_test.cpp LIBS test_archives)
tidemark_test(test_unpack SOURCES unpack_test.cpp LIBS test_archives)
if(IS_DIRECTORY /dev/shm) # in memory: thousands of syncs would be all that takes time
  set_property(TEST test_unpack APPEND PROPERTY ENVIRONMENT "TMPDIR=/dev/shm")
endif()
tidemark_test(test_restore_info SOURCES restore_info_test.cpp LIBS test_archives)
tidemark_test(test_download_kept SOURCES download_kept_test.cpp LIBS tidemark_core)
tidemark_test(test_download_rules SOURCES download_rules_test.cpp LIBS tidemark_core)
tidemark_test(test_download_link SOURCES download_link_test.cpp LIBS tidemark_core)
tidemark_test(test_life SOURCES life_test.cpp LIBS tidemark_core)
tidemark_test(test_part_bytes SOURCES part_bytes_test.cpp LIBS tidemark_core)
