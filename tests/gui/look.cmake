# The parts of ui/look.
tidemark_test(test_look_roles SOURCES look_roles_test.cpp look_palettes.h LIBS tidemark_ui)
tidemark_test(test_look_icons SOURCES look_icons_test.cpp look_palettes.h LIBS tidemark_ui tidemark_resources)
tidemark_test(test_look_rows SOURCES look_rows_test.cpp look_rows.h look_palettes.h LIBS tidemark_ui tidemark_resources)
tidemark_test(test_look_widgets SOURCES look_widgets_test.cpp look_palettes.h LIBS tidemark_ui tidemark_resources)
tidemark_test(test_look_choices SOURCES look_choices_test.cpp look_palettes.h LIBS tidemark_ui tidemark_resources)
tidemark_test(test_look_kit SOURCES look_kit_test.cpp look_kit.cpp look_kit.h look_rows.h look_palettes.h
  LIBS tidemark_ui tidemark_resources)
tidemark_test(test_wizard_contrast SOURCES wizard_contrast_test.cpp look_seen.cpp look_seen.h look_palettes.h LIBS wizard_bench TIMEOUT 240)
tidemark_test(test_look_contrast SOURCES look_contrast_test.cpp look_seen.cpp look_seen.h look_rows.h look_palettes.h LIBS tidemark_ui tidemark_resources)
tidemark_test(test_look_sources SOURCES look_sources_test.cpp)
target_compile_definitions(test_look_sources PRIVATE TIDEMARK_UI_SOURCES="${PROJECT_SOURCE_DIR}/ui")
