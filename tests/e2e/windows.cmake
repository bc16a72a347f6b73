# The real program through the accessibility interface, each on a desktop of its own.
set(windows_environment "${test_fonts};PYTHONDONTWRITEBYTECODE=1;TIDEMARK=$<TARGET_FILE:tidemark>"
  "TIDEMARK_DEMO_CLOUD=$<TARGET_FILE:tidemark-demo-cloud>")
foreach(part Focus Questions StaleLists Endings Unpacking)
  add_test(NAME window_states_${part}
    COMMAND ${SYSTEM_PYTHON3_PROGRAM} ${CMAKE_CURRENT_SOURCE_DIR}/window_states.py ${part})
  set_tests_properties(window_states_${part} PROPERTIES TIMEOUT 300 ENVIRONMENT "${windows_environment}")
endforeach()
# Two minutes of them nothing but listening.
add_test(NAME announcements COMMAND ${SYSTEM_PYTHON3_PROGRAM} ${CMAKE_CURRENT_SOURCE_DIR}/announcements.py)
set_tests_properties(announcements PROPERTIES TIMEOUT 400 ENVIRONMENT "${windows_environment}")
