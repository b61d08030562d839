// A desk of codes on a library of its own, and what it tells, to be waited for.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "engine/workstation/code_desk.h"

namespace smidgen::testing {

inline const std::filesystem::path kSamples = "/usr/share/sonic-pi/samples";

/// What the desk tells, to be waited for.
class News {
 public:
    explicit News(CodeDesk& desk) : m_desk(desk) {
        desk.setListener([this](const CodeEvent& event) {
            const std::scoped_lock lock(m_mutex);
            m_events.push_back(event);
            m_came.notify_all();
        });
    }
    ~News() { m_desk.setListener({}); }
    void forget() {
        const std::scoped_lock lock(m_mutex);
        m_events.clear();
    }
    /// The id of the first such event since the last forget(); empty after a minute.
    CodesId wait(CodeNews news) {
        std::unique_lock lock(m_mutex);
        CodesId id;
        m_came.wait_for(lock, std::chrono::minutes(1), [&] {
            const auto found = std::ranges::find(m_events, news, &CodeEvent::news);
            if (found == m_events.end()) return false;
            id = found->id;
            return true;
        });
        return id;
    }

 private:
    CodeDesk& m_desk;
    std::mutex m_mutex;
    std::condition_variable m_came;
    std::vector<CodeEvent> m_events;
};

class CodeDeskTest : public ::testing::Test {
 protected:
    void SetUp() override {
        m_folder = std::filesystem::temp_directory_path() / ("smidgen-desk-" + std::to_string(::getpid()));
        std::filesystem::remove_all(m_folder);
        std::filesystem::create_directories(m_folder);
    }
    void TearDown() override { std::filesystem::remove_all(m_folder); }
    [[nodiscard]] std::unique_ptr<Workstation> open() const {
        Workstation::Options options;
        options.library = m_folder / "library";
        options.device = models::DeviceChoice::cpu;
        auto opened = Workstation::open(options);
        EXPECT_TRUE(opened) << opened.error().sentence;
        return std::move(*opened);
    }
    /// The base that comes with the program, which speaks in codes, in the library.
    static ModelId withBase(Workstation& station, ModelKind kind = ModelKind::rvq) {
        const auto base = Workstation::shippedBase(kind);
        EXPECT_TRUE(base);
        const auto model = station.importModel(*base);
        EXPECT_TRUE(model) << model.error().sentence;
        return (*model)->id;
    }
    static CodesId opened(CodeDesk& desk, News& news, const std::string& sample, const ModelId& model) {
        news.forget();
        const auto id = desk.openSound(kSamples / (sample + ".flac"), model);
        EXPECT_TRUE(id) << id.error().sentence;
        EXPECT_EQ(news.wait(CodeNews::opened), *id);
        return *id;
    }
    /// A prior, hardly trained.
    static void trainPriorOf(Workstation& station, const ModelId& model) {
        PriorTrainingRequest training;
        training.model = model;
        for (const char* name : {"drum_bass_hard", "drum_cowbell", "drum_snare_hard", "drum_tom_hi_soft"})
            training.paths.push_back(kSamples / (std::string(name) + ".flac"));
        training.steps = 4;
        const auto trained = station.trainPrior(training);
        ASSERT_TRUE(trained) << trained.error().sentence;
        const JobSnapshot end = station.wait(*trained);
        ASSERT_EQ(end.phase, JobPhase::finished) << (end.error ? end.error->sentence : "");
    }
    /// Sets a cell to the code that is furthest from its own.
    static void change(CodeDesk& desk, const CodesId& id, const CodeCell& cell) {
        const auto view = desk.view(id);
        const auto far = view->space->neighbours(cell.level, view->document->code(cell)).back();
        const std::vector<CodeCell> one{cell};
        const auto grown = desk.perform(id, setCells(*view->document, one, far, "Brush"));
        ASSERT_TRUE(grown) << grown.error().sentence;
        EXPECT_TRUE(*grown);
    }
    std::filesystem::path m_folder;
};

}  // namespace smidgen::testing
