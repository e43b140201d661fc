# Declares libraries, tests and programs with their dependencies.
#
#   earshot_cc_library(NAME base HDRS clock.h SRCS clock.cc DEPS absl::time)
#   earshot_cc_test(NAME base_test SRCS clock_test.cc DEPS earshot::base [CORE])
#   earshot_cc_binary(NAME earshot SRCS main.cc DEPS earshot::cli)
#
# A library NAME becomes the target earshot_NAME with the alias earshot::NAME. CORE marks
# tests that touch neither gRPC nor Kafka: the tsan preset runs only those.

function(earshot_cc_library)
  cmake_parse_arguments(ARG "" "NAME" "HDRS;SRCS;DEPS" ${ARGN})
  set(target earshot_${ARG_NAME})
  if(ARG_SRCS)
    add_library(${target} STATIC ${ARG_SRCS} ${ARG_HDRS})
    target_link_libraries(${target} PUBLIC ${ARG_DEPS} PRIVATE earshot_options)
    set_target_properties(${target} PROPERTIES UNITY_BUILD "${EARSHOT_UNITY}" UNITY_BUILD_BATCH_SIZE 6)
  else()
    add_library(${target} INTERFACE)
    target_link_libraries(${target} INTERFACE ${ARG_DEPS})
    target_include_directories(${target} INTERFACE ${PROJECT_SOURCE_DIR})
  endif()
  add_library(earshot::${ARG_NAME} ALIAS ${target})
endfunction()

function(earshot_cc_test)
  cmake_parse_arguments(ARG "CORE" "NAME;TIMEOUT" "SRCS;DEPS" ${ARGN})
  add_executable(${ARG_NAME} ${ARG_SRCS})
  target_link_libraries(${ARG_NAME} PRIVATE ${ARG_DEPS} GTest::gmock_main earshot_options)
  set_target_properties(${ARG_NAME} PROPERTIES
    UNITY_BUILD "${EARSHOT_UNITY}" UNITY_BUILD_BATCH_SIZE 6
    RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  add_test(NAME ${ARG_NAME} COMMAND ${ARG_NAME} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(${ARG_NAME} PROPERTIES TIMEOUT ${ARG_TIMEOUT}
    ENVIRONMENT "EARSHOT_SOURCE_DIR=${PROJECT_SOURCE_DIR};EARSHOT_BINARY_DIR=${PROJECT_BINARY_DIR}")
  if(ARG_CORE)
    set_tests_properties(${ARG_NAME} PROPERTIES LABELS core)
  endif()
endfunction()

function(earshot_cc_binary)
  cmake_parse_arguments(ARG "" "NAME" "SRCS;DEPS" ${ARGN})
  add_executable(${ARG_NAME} ${ARG_SRCS})
  target_link_libraries(${ARG_NAME} PRIVATE ${ARG_DEPS} earshot_options)
  set_target_properties(${ARG_NAME} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
endfunction()

# Declares a test in Python; it exits 77 to say that it could not run here, with the reason as its last line.
#
#   earshot_python_test(NAME layers_test SCRIPT layers_test.py [LABELS slow] [TIMEOUT 300])
#
# Runs in build/venv, which scripts/test.sh makes as tests/requirements.txt says, or else in the Python that is there.
set(EARSHOT_VENV_PYTHON ${PROJECT_SOURCE_DIR}/build/venv/bin/python)
if(EXISTS ${EARSHOT_VENV_PYTHON})
  set(EARSHOT_PYTHON ${EARSHOT_VENV_PYTHON})
else()
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
  set(EARSHOT_PYTHON ${Python3_EXECUTABLE})
endif()

function(earshot_python_test)
  cmake_parse_arguments(ARG "" "NAME;SCRIPT;TIMEOUT" "LABELS" ${ARGN})
  add_test(NAME ${ARG_NAME} COMMAND ${EARSHOT_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/${ARG_SCRIPT}
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  set_tests_properties(${ARG_NAME} PROPERTIES TIMEOUT ${ARG_TIMEOUT} SKIP_RETURN_CODE 77 LABELS "python;${ARG_LABELS}"
    ENVIRONMENT "EARSHOT_SOURCE_DIR=${PROJECT_SOURCE_DIR};EARSHOT_BINARY_DIR=${PROJECT_BINARY_DIR}")
endfunction()
