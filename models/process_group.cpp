#include "models/process_group.h"

#include <ATen/ATen.h>

#include <string>
#include <thread>
#include <utility>

#include "models/network_reach.h"
#include "models/torch_support.h"

#if SMIDGEN_WITH_GLOO
#ifndef USE_C10D_GLOO
#define USE_C10D_GLOO
#endif
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
#endif

namespace smidgen::models {

#if SMIDGEN_WITH_GLOO

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kLook{50};
constexpr std::chrono::milliseconds kLeastPatience{1000};
constexpr std::int64_t kMostBytes = std::int64_t{8} << 30;

std::chrono::milliseconds leftUntil(Clock::time_point deadline) {
    return std::max(kLeastPatience,
                    std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()));
}

std::string placeName(const ProcessPlace& place) {
    return place.address + ":" + std::to_string(place.port);
}

std::string secondsText(std::chrono::milliseconds time) {
    return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(time).count()) + " s";
}

Result<c10::intrusive_ptr<c10d::Store>> openStore(const ProcessPlace& place, Clock::time_point deadline) {
    c10d::TCPStoreOptions options;
    options.port = static_cast<std::uint16_t>(place.port);
    options.isServer = place.rank == 0;
    options.waitWorkers = false;
    options.timeout = leftUntil(deadline);
    try {
        return c10::intrusive_ptr<c10d::Store>(c10::make_intrusive<c10d::TCPStore>(place.address, options));
    } catch (const std::exception& exception) {
        const std::string sentence =
            place.rank == 0 ? "This process cannot listen at " + placeName(place) +
                                  ": another program has that port, or MASTER_ADDR is not this machine. "
                                  "Choose another MASTER_PORT."
                            : "What listens at " + placeName(place) +
                                  " is no training of this program. Check MASTER_ADDR and MASTER_PORT.";
        return failure(ErrorCode::io, sentence, exception.what());
    }
}

std::vector<std::uint8_t> bytesOf(int number) {
    const std::string text = std::to_string(number);
    return {text.begin(), text.end()};
}

/// Leaves a mark for this rank and waits for those of the others.
Status meet(c10d::Store& store, const ProcessPlace& place, const GroupPatience& patience,
            Clock::time_point deadline, const CancelToken& cancel) {
    if (place.rank == 0) {
        store.set("smidgen/size", bytesOf(place.size));
    } else if (const auto size = store.get("smidgen/size"); size != bytesOf(place.size)) {
        return failure(ErrorCode::invalidArgument, "WORLD_SIZE is " + std::to_string(place.size) +
                                                       " here, but " + std::string(size.begin(), size.end()) +
                                                       " where RANK is 0.");
    }
    const auto mark = [](int rank) { return "smidgen/rank/" + std::to_string(rank); };
    if (store.add("smidgen/taken/" + std::to_string(place.rank), 1) > 1)
        return failure(ErrorCode::invalidArgument, "Two processes of this training have RANK " +
                                                       std::to_string(place.rank) + ". Give each its own.");
    store.set(mark(place.rank), bytesOf(place.rank));
    for (int rank = 0; rank < place.size;) {
        if (store.check({mark(rank)})) {
            ++rank;
        } else if (cancel.cancelled()) {
            return failure(ErrorCode::cancelled, "Stopped while waiting for the other processes.");
        } else if (Clock::now() >= deadline) {
            return failure(ErrorCode::io, "The process with RANK " + std::to_string(rank) +
                                              " has not come within " + secondsText(patience.join) +
                                              ". Start all " + std::to_string(place.size) +
                                              " processes of the training.");
        } else {
            std::this_thread::sleep_for(kLook);
        }
    }
    return {};
}

}  // namespace

struct ProcessGroup::Impl {
    ProcessPlace place;
    GroupPatience patience;
    c10::intrusive_ptr<c10d::ProcessGroupGloo> group;
    bool lost = false;

    /// Runs `work`, which throws when another process is gone.
    template <typename Work>
    Status talk(Work&& work) {
        if (lost) return stopped("the group was lost before");
        try {
            const at::NoGradGuard noGradients;
            work();
            return {};
        } catch (const std::exception& exception) {
            lost = true;
            const std::string what = exception.what();
            if (what.find("imed out") == std::string::npos) return stopped(what);
            return failure(
                ErrorCode::io,
                "Another process of this training has not answered for " + secondsText(patience.answer) + ".",
                what);
        }
    }

    static tl::unexpected<Error> stopped(const std::string& detail) {
        return failure(ErrorCode::io,
                       "Another process of this training has stopped or can no longer be reached.", detail);
    }

    template <typename Number>
    Result<std::vector<Number>> gather(std::span<const Number> values, at::ScalarType type) {
        std::vector<Number> all(values.size() * static_cast<std::size_t>(place.size));
        auto told = talk([&] {
            const auto length = static_cast<std::int64_t>(values.size());
            std::vector<at::Tensor> in{at::from_blob(const_cast<Number*>(values.data()), {length}, type)};
            std::vector<std::vector<at::Tensor>> out(1);
            for (int rank = 0; rank < place.size; ++rank)
                out[0].push_back(at::from_blob(all.data() + rank * length, {length}, type));
            group->allgather(out, in)->wait();
        });
        if (!told) return propagate(told);
        return all;
    }

    void broadcastTensor(const at::Tensor& tensor) {
        std::vector<at::Tensor> tensors{tensor};
        group->broadcast(tensors)->wait();
    }
};

Result<std::shared_ptr<ProcessGroup>> ProcessGroup::join(const ProcessPlace& place,
                                                         const GroupPatience& patience,
                                                         const CancelToken& cancel) {
    const auto deadline = Clock::now() + patience.join;
    auto own = ownAddressTowards(place.address, place.port);
    if (!own) return propagate(own);
    while (place.rank != 0 && !answers(place.address, place.port)) {
        if (cancel.cancelled())
            return failure(ErrorCode::cancelled, "Stopped while waiting for the other processes.");
        if (Clock::now() >= deadline)
            return failure(ErrorCode::io,
                           "Nothing has answered at " + placeName(place) + " within " +
                               secondsText(patience.join) +
                               ". Start the process with RANK 0 there, and check MASTER_ADDR and "
                               "MASTER_PORT.");
        std::this_thread::sleep_for(kLook);
    }
    auto store = openStore(place, deadline);
    if (!store) return propagate(store);
    try {
        if (auto met = meet(**store, place, patience, deadline, cancel); !met) return propagate(met);
        auto options = c10d::ProcessGroupGloo::Options::create(patience.answer);
        options->devices.push_back(c10d::ProcessGroupGloo::createDeviceForHostname(*own));
        options->threads = 1;
        auto impl = std::make_unique<Impl>();
        impl->place = place;
        impl->patience = patience;
        impl->group =
            c10::make_intrusive<c10d::ProcessGroupGloo>(*store, place.rank, place.size, std::move(options));
        return std::shared_ptr<ProcessGroup>(new ProcessGroup(std::move(impl)));
    } catch (const std::exception& exception) {
        return failure(ErrorCode::io,
                       "The processes of this training found each other at " + placeName(place) +
                           ", but could not connect.",
                       exception.what());
    }
}

Status ProcessGroup::sum(std::span<float> values) {
    return m_impl->talk([&] {
        std::vector<at::Tensor> tensors{
            at::from_blob(values.data(), {static_cast<std::int64_t>(values.size())}, at::kFloat)};
        m_impl->group->allreduce(tensors)->wait();
    });
}

Result<std::vector<float>> ProcessGroup::gather(std::span<const float> values) {
    return m_impl->gather(values, at::kFloat);
}

Result<std::vector<double>> ProcessGroup::gather(std::span<const double> values) {
    return m_impl->gather(values, at::kDouble);
}

Result<std::vector<std::byte>> ProcessGroup::broadcast(std::vector<std::byte> bytes) {
    auto told = m_impl->talk([&] {
        const at::Tensor length = at::full({1}, static_cast<std::int64_t>(bytes.size()), at::kLong);
        m_impl->broadcastTensor(length);
        const auto count = length.item<std::int64_t>();
        if (count < 0 || count > kMostBytes) throw std::runtime_error("impossible length");
        bytes.resize(static_cast<std::size_t>(count));
        if (count > 0) m_impl->broadcastTensor(at::from_blob(bytes.data(), {count}, at::kByte));
    });
    if (!told) return propagate(told);
    return bytes;
}

Result<double> ProcessGroup::broadcast(double value) {
    auto told = m_impl->talk([&] { m_impl->broadcastTensor(at::from_blob(&value, {1}, at::kDouble)); });
    if (!told) return propagate(told);
    return value;
}

#else

struct ProcessGroup::Impl {
    ProcessPlace place;
    bool lost = true;
};

namespace {
tl::unexpected<Error> noGloo() {
    return failure(ErrorCode::device,
                   "This build cannot train with several processes: it was made without Gloo's headers "
                   "(libgloo-dev).");
}
}  // namespace

Result<std::shared_ptr<ProcessGroup>> ProcessGroup::join(const ProcessPlace&, const GroupPatience&,
                                                         const CancelToken&) {
    return noGloo();
}
Status ProcessGroup::sum(std::span<float>) {
    return noGloo();
}
Result<std::vector<float>> ProcessGroup::gather(std::span<const float>) {
    return noGloo();
}
Result<std::vector<double>> ProcessGroup::gather(std::span<const double>) {
    return noGloo();
}
Result<std::vector<std::byte>> ProcessGroup::broadcast(std::vector<std::byte>) {
    return noGloo();
}
Result<double> ProcessGroup::broadcast(double) {
    return noGloo();
}

#endif

ProcessGroup::ProcessGroup(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
ProcessGroup::~ProcessGroup() = default;
int ProcessGroup::rank() const {
    return m_impl->place.rank;
}
int ProcessGroup::size() const {
    return m_impl->place.size;
}
bool ProcessGroup::lost() const {
    return m_impl->lost;
}

}  // namespace smidgen::models
