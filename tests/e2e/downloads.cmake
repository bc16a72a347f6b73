# Downloads against a server that misbehaves by script, over real sockets.
tidemark_test(test_download_basics SOURCES download_basics_test.cpp LIBS test_archives)
tidemark_test(test_download_faults SOURCES download_faults_test.cpp LIBS test_archives TIMEOUT 300)

add_executable(download_agent download_agent.cpp)
target_link_libraries(download_agent PRIVATE tidemark_options test_archives)
tidemark_test(test_download_kill SOURCES download_kill_test.cpp LIBS test_archives TIMEOUT 400)
add_dependencies(test_download_kill download_agent)
set_property(TEST test_download_kill APPEND PROPERTY ENVIRONMENT "TIDEMARK_DOWNLOAD_AGENT=$<TARGET_FILE:download_agent>")
