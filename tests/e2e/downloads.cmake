# Downloads against a server that misbehaves by script, over real sockets.
add_library(download_rows STATIC download_rows.cpp download_rows.h)
target_link_libraries(download_rows PUBLIC test_archives PRIVATE tidemark_options)
tidemark_test(test_download_basics SOURCES download_basics_test.cpp LIBS test_archives)
tidemark_test(test_download_control SOURCES download_control_test.cpp LIBS test_archives)
tidemark_test(test_download_connection SOURCES download_connection_test.cpp LIBS download_rows)
tidemark_test(test_download_ranges SOURCES download_ranges_test.cpp LIBS download_rows)
tidemark_test(test_download_bodies SOURCES download_bodies_test.cpp LIBS download_rows)
tidemark_test(test_download_status SOURCES download_status_test.cpp LIBS download_rows)
tidemark_test(test_download_tls SOURCES download_tls_test.cpp LIBS download_rows test_peers)
tidemark_test(test_download_records SOURCES download_records_test.cpp LIBS download_rows test_peers test_records)
tidemark_test(test_download_proxies SOURCES download_proxies_test.cpp LIBS download_rows test_peers)
tidemark_test(test_download_disk SOURCES download_disk_test.cpp LIBS test_archives)
tidemark_test(test_download_full_disk SOURCES download_full_disk_test.cpp LIBS test_archives)
tidemark_test(test_download_truth SOURCES download_truth_test.cpp LIBS test_archives)
tidemark_test(test_download_later SOURCES download_later_test.cpp LIBS test_archives)
tidemark_test(test_download_hostile SOURCES download_hostile_test.cpp LIBS test_archives test_silence ${CMAKE_DL_LIBS})
tidemark_test(test_sleep_inhibitor SOURCES sleep_inhibitor_test.cpp LIBS test_archives Qt6::DBus)

# A process that tests can stop and kill.
add_executable(download_agent download_agent.cpp)
target_link_libraries(download_agent PRIVATE tidemark_options test_archives)
tidemark_test(test_download_kill SOURCES download_kill_test.cpp LIBS test_archives TIMEOUT 400)
add_dependencies(test_download_kill download_agent)
set_property(TEST test_download_kill APPEND PROPERTY ENVIRONMENT "TIDEMARK_DOWNLOAD_AGENT=$<TARGET_FILE:download_agent>")

# A process that holds nothing but the engine, for its memory to be searched.
add_executable(download_secrets_agent download_secrets_agent.cpp)
target_link_libraries(download_secrets_agent PRIVATE tidemark_options test_archives)
tidemark_test(test_download_memory SOURCES download_memory_test.cpp LIBS download_rows test_peers tidemark_test_support)
add_dependencies(test_download_memory download_secrets_agent)
set_property(TEST test_download_memory APPEND PROPERTY ENVIRONMENT
  "TIDEMARK_SECRETS_AGENT=$<TARGET_FILE:download_secrets_agent>")

# A process that runs many, for what it costs to be compared.
add_executable(download_cost_agent download_cost_agent.cpp)
target_link_libraries(download_cost_agent PRIVATE tidemark_options test_archives)
tidemark_test(test_download_cost SOURCES download_cost_test.cpp LIBS download_rows test_peers TIMEOUT 600)
add_dependencies(test_download_cost download_cost_agent)
set_property(TEST test_download_cost APPEND PROPERTY ENVIRONMENT
  "TIDEMARK_COST_AGENT=$<TARGET_FILE:download_cost_agent>")
