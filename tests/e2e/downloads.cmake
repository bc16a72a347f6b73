# Downloads against a server that misbehaves by script, over real sockets.
tidemark_test(test_download_basics SOURCES download_basics_test.cpp LIBS test_archives)
