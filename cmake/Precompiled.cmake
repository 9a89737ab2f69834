# The headers of libraries that take longest to read, precompiled once for the rooms that share them. Every file still
# includes what it uses: a build with -DTREDE_PRECOMPILED=OFF must succeed too.
set(headers_of_engine <algorithm> <array> <cmath> <cstdint> <functional> <optional> <span> <string> <variant> <vector>
                      <Eigen/Dense>)
set(headers_of_content ${headers_of_engine} <map> <memory> <boost/describe.hpp> <boost/json.hpp> <boost/mp11.hpp>)
set(headers_of_store ${headers_of_content} <chrono> <mutex> <fmt/format.h> <spdlog/spdlog.h>)
set(headers_of_net ${headers_of_store} <boost/asio.hpp> <boost/beast.hpp>)

# trede_precompile(TARGET HEADER…)
function(trede_precompile target)
  if(TREDE_PRECOMPILED)
    target_precompile_headers(${target} PRIVATE ${ARGN})
  endif()
endfunction()

# trede_precompile_as(OWNER TARGET…): the targets use what the owner precompiled.
function(trede_precompile_as owner)
  if(TREDE_PRECOMPILED)
    foreach(target ${ARGN})
      target_precompile_headers(${target} REUSE_FROM ${owner})
    endforeach()
  endif()
endfunction()
