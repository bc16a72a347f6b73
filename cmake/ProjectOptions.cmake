# One INTERFACE target carries what every target of the project is compiled with.
add_library(tidemark_options INTERFACE)

target_compile_definitions(tidemark_options INTERFACE
  QT_NO_CAST_FROM_ASCII
  QT_NO_CAST_TO_ASCII
  QT_NO_CAST_FROM_BYTEARRAY
  QT_NO_URL_CAST_FROM_STRING
  QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
  QT_NO_KEYWORDS
  QT_NO_FOREACH
  QT_STRICT_ITERATORS
  QT_DISABLE_DEPRECATED_BEFORE=0x060400
  TIDEMARK_VERSION="${PROJECT_VERSION}")

target_compile_options(tidemark_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wold-style-cast -Wnon-virtual-dtor -Woverloaded-virtual
  -Wcast-align -Wnull-dereference -Wimplicit-fallthrough
  # With full optimisation it takes every QPointer for a null pointer; the other builds keep the warning.
  $<$<CONFIG:Release>:-Wno-null-dereference>
  $<$<BOOL:${TIDEMARK_WERROR}>:-Werror>)

# GCC 12 sees overlapping copies in std::string's own code when it optimises (GCC bug 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(tidemark_options INTERFACE $<$<CONFIG:Release>:-Wno-restrict>)
endif()

if(TIDEMARK_SANITIZE)
  # The sanitizers' own code makes GCC warn falsely about inlined library code; the plain build keeps the warnings.
  target_compile_options(tidemark_options INTERFACE -fsanitize=${TIDEMARK_SANITIZE} -fno-omit-frame-pointer
    -Wno-null-dereference $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized> $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
  target_link_options(tidemark_options INTERFACE -fsanitize=${TIDEMARK_SANITIZE})
endif()
target_compile_features(tidemark_options INTERFACE cxx_std_20)
target_include_directories(tidemark_options INTERFACE ${PROJECT_SOURCE_DIR})
