# Fuzz targets (libFuzzer with AddressSanitizer): ctest replays the seeds and then looks for 20 s, and
# `cmake --build … --target fuzz` looks for ten minutes with each. What is found is kept in the build folder, and what
# broke something is written beside it; put that into seeds/ with the mend.
#
# A target is targets/fuzz_NAME.cpp with its seeds in seeds/NAME, what it looks at is listed in targets/CMakeLists.txt.
set(fuzz_targets tar_walker gunzip unpack restore_info names answer_heads read_moment log_lines)

find_program(TIDEMARK_FUZZ_COMPILER NAMES clang++-14)
if(TIDEMARK_FUZZ_COMPILER)
  execute_process(COMMAND ${TIDEMARK_FUZZ_COMPILER} -print-file-name=libclang_rt.fuzzer-${CMAKE_SYSTEM_PROCESSOR}.a
    OUTPUT_VARIABLE fuzz_runtime OUTPUT_STRIP_TRAILING_WHITESPACE)
endif()
if(NOT TIDEMARK_FUZZ_COMPILER OR NOT EXISTS "${fuzz_runtime}")
  add_test(NAME fuzz_targets COMMAND ${CMAKE_COMMAND} -E echo "Skipped: there is no clang 14 with libFuzzer.")
  set_tests_properties(fuzz_targets PROPERTIES SKIP_REGULAR_EXPRESSION "Skipped: ")
  return()
endif()

include(ExternalProject)
set(fuzz_folder ${CMAKE_CURRENT_BINARY_DIR}/targets)
string(REPLACE ";" "|" fuzz_names "${fuzz_targets}")
ExternalProject_Add(fuzz_targets
  SOURCE_DIR ${CMAKE_CURRENT_SOURCE_DIR}/targets
  BINARY_DIR ${fuzz_folder}
  LIST_SEPARATOR |
  CMAKE_ARGS -DCMAKE_CXX_COMPILER=${TIDEMARK_FUZZ_COMPILER} -DTIDEMARK_FUZZ_TARGETS=${fuzz_names}
    -DCMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER} -DCMAKE_PREFIX_PATH=${CMAKE_PREFIX_PATH}
  BUILD_ALWAYS ON
  INSTALL_COMMAND "")

set(fuzz_options -timeout=20 -rss_limit_mb=2048 -max_len=65536 -print_final_stats=0 -verbosity=0)
set(fuzz_commands)
foreach(name ${fuzz_targets})
  set(seeds ${CMAKE_CURRENT_SOURCE_DIR}/seeds/${name})
  set(found ${fuzz_folder}/found/${name})
  file(MAKE_DIRECTORY ${found})
  set(command ${fuzz_folder}/fuzz_${name} ${fuzz_options} -artifact_prefix=${found}-)
  add_test(NAME fuzz_${name}_seeds COMMAND ${command} -runs=0 ${seeds})
  add_test(NAME fuzz_${name} COMMAND ${command} -max_total_time=20 ${found} ${seeds})
  set_tests_properties(fuzz_${name} fuzz_${name}_seeds PROPERTIES TIMEOUT 180 ENVIRONMENT "${fuzz_environment}")
  list(APPEND fuzz_commands COMMAND ${CMAKE_COMMAND} -E env ${fuzz_environment} ${command} -max_total_time=600 ${found} ${seeds})
endforeach()
add_custom_target(fuzz ${fuzz_commands} DEPENDS fuzz_targets USES_TERMINAL
  COMMENT "Looking for ten minutes with each fuzz target")
