#include "common/rpc/default_deadline.h"

#include <string>

#include "absl/time/clock.h"
#include "fmt/format.h"
#include "grpc/grpc.h"
#include "grpcpp/alarm.h"
#include "grpcpp/server_context.h"

namespace earshot::rpc {
namespace {

using grpc::experimental::InterceptionHookPoints;
using grpc::experimental::Interceptor;
using grpc::experimental::ServerRpcInfo;

class DeadlineInterceptor final : public Interceptor {
 public:
  DeadlineInterceptor(ServerRpcInfo& call, absl::Duration time) : call_(call), time_(time) {}

  void Intercept(grpc::experimental::InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::POST_RECV_INITIAL_METADATA)) Start();
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_STATUS)) alarm_.Cancel();
    methods->Proceed();
  }

 private:
  void Start() {
    if (call_.server_context()->deadline() != std::chrono::system_clock::time_point::max()) return;
    grpc_call* call = call_.server_context()->c_call();
    grpc_call_ref(call);
    const std::string message =
        fmt::format("the call took longer than {} s; set a deadline to wait longer", absl::ToDoubleSeconds(time_));
    alarm_.Set(absl::ToChronoTime(absl::Now() + time_), [call, message](bool expired) {
      if (expired) grpc_call_cancel_with_status(call, GRPC_STATUS_DEADLINE_EXCEEDED, message.c_str(), nullptr);
      grpc_call_unref(call);
    });
  }

  ServerRpcInfo& call_;
  const absl::Duration time_;
  grpc::Alarm alarm_;  // calls back once, expired or not
};

class DeadlineFactory final : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  explicit DeadlineFactory(absl::Duration time) : time_(time) {}

  Interceptor* CreateServerInterceptor(ServerRpcInfo* call) override {
    if (call->type() != ServerRpcInfo::Type::UNARY) return nullptr;
    return new DeadlineInterceptor(*call, time_);
  }

 private:
  const absl::Duration time_;
};

}  // namespace

std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> DefaultDeadline(absl::Duration time) {
  return std::make_unique<DeadlineFactory>(time);
}

}  // namespace earshot::rpc
