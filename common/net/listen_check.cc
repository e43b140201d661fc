#include "common/net/listen_check.h"

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <string>

#include "common/base/status.h"

namespace earshot::net {
namespace {

using AddressList = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

absl::StatusOr<AddressList> ResolveToListen(std::string_view address) {
  const size_t colon = address.rfind(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == address.size()) {
    return InvalidArgument("address '{}' is not HOST:PORT", address);
  }
  std::string host(address.substr(0, colon));
  const std::string port(address.substr(colon + 1));
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  addrinfo* found = nullptr;
  if (const int error = getaddrinfo(host.c_str(), port.c_str(), &hints, &found); error != 0) {
    return InvalidArgument("address {}: {}", address, gai_strerror(error));
  }
  return AddressList(found, &freeaddrinfo);
}

}  // namespace

absl::Status CheckCanListen(std::string_view address) {
  EARSHOT_ASSIGN_OR_RETURN(const AddressList list, ResolveToListen(address));
  const int fd = socket(list->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return Unavailable("address {}: {}", address, std::strerror(errno));
  const int on = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  int error = bind(fd, list->ai_addr, list->ai_addrlen) != 0 ? errno : 0;
  if (error == 0 && listen(fd, 1) != 0) error = errno;
  close(fd);
  if (error == 0) return absl::OkStatus();
  if (error == EADDRINUSE) {
    return Unavailable("address {} is in use: another program listens there; stop it or choose another port", address);
  }
  return InvalidArgument("address {} cannot be listened on: {}", address, std::strerror(error));
}

}  // namespace earshot::net
