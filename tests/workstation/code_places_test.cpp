// Edited sounds are listened to, and found by what they sound like.
#include "engine/workstation/code_places.h"

#include "engine/library/library.h"
#include "engine/workstation/code_takes.h"
#include "tests/workstation/desk_of_codes.h"

namespace smidgen {
namespace {

using testing::kSamples;
using testing::News;

class CodePlacesTest : public testing::CodeDeskTest {};

TEST_F(CodePlacesTest, WhatIsDecodedAndSavedIsListenedToOnceAndFoundByIt) {
    const auto station = open();
    const ModelId model = withBase(*station);
    CodeDesk desk(*station);
    News news(desk);
    const CodesId id = opened(desk, news, "drum_cowbell", model);
    ASSERT_EQ(news.wait(CodeNews::rendered), id);
    ASSERT_EQ(unheardCodes(station->items())->size(), 1U);
    auto heard = desk.listen(id);
    ASSERT_TRUE(heard) << heard.error().sentence;
    EXPECT_TRUE(*heard);
    EXPECT_FALSE(*desk.listen(id)) << "nothing is new";
    EXPECT_TRUE(unheardCodes(station->items())->empty());
    const auto like = [&](const std::string& what) {
        FindRequest request;
        request.like = what;
        request.text = "kind:codes";
        auto found = station->find(request);
        EXPECT_TRUE(found) << (found ? "" : found.error().sentence);
        return found ? found->items : std::vector<FoundItem>();
    };
    const auto cowbell = like((kSamples / "drum_cowbell.flac").string());
    ASSERT_EQ(cowbell.size(), 1U);
    EXPECT_EQ(cowbell.front().id, id);
    const double before = *cowbell.front().distance;

    // Edited: not before it is saved and decoded as it is, and then as it is now.
    news.forget();
    for (std::int64_t frame = 0; frame < 6; ++frame) change(desk, id, {0, 0, frame});
    ASSERT_TRUE(desk.flush());
    EXPECT_EQ(unheardCodes(station->items())->size(), 1U);
    while (!desk.view(id)->current) {
        ASSERT_EQ(news.wait(CodeNews::rendered), id);
        news.forget();
    }
    ASSERT_TRUE(*desk.listen(id));
    EXPECT_NE(*like((kSamples / "drum_cowbell.flac").string()).front().distance, before);
    EXPECT_EQ(desk.listen("no such").error().code, ErrorCode::notFound);
    CancelToken cancel;
    cancel.cancel();
    change(desk, id, {0, 0, 7});
    ASSERT_TRUE(desk.flush());
    const auto stopped = hearCodes(*station, {}, cancel);
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, ErrorCode::cancelled);
}

TEST_F(CodePlacesTest, WhatNobodyHasHeardIsCaughtUpWithAndWhatCannotBeIsSaid) {
    const auto station = open();
    const ModelId model = withBase(*station);
    std::vector<CodesId> ids;
    {
        CodeDesk desk(*station);
        News news(desk);
        for (const char* name : {"drum_cowbell", "drum_snare_hard", "drum_bass_hard"})
            ids.push_back(opened(desk, news, name, model));
        ASSERT_TRUE(desk.flush());
    }
    CodesRecord orphan;
    orphan.name = "orphan";
    orphan.model = "gone";
    orphan.modelName = "Gone";
    const auto broken = addCodes(station->items(), orphan, "{}", "{}");
    ASSERT_TRUE(broken);
    // What is like one of them is found without the others being listened to.
    FindRequest request;
    request.like = "drum_snare_hard";
    ASSERT_TRUE(station->find(request));
    EXPECT_EQ(unheardCodes(station->items())->size(), 3U);
    request.like = "orphan";
    const auto why = station->find(request);
    ASSERT_FALSE(why);
    EXPECT_EQ(why.error().sentence.find("listened"), std::string::npos) << why.error().sentence;

    std::vector<int> told;
    const auto done = hearCodes(*station, {}, {}, [&](int count, int of) {
        EXPECT_EQ(of, 3);
        told.push_back(count);
    });
    ASSERT_TRUE(done) << done.error().sentence;
    EXPECT_EQ(done->heard, 2);
    EXPECT_EQ(done->failed, std::vector<CodesId>{*broken});
    ASSERT_EQ(done->problems.size(), 1U);
    EXPECT_NE(done->problems.front().find("'orphan'"), std::string::npos);
    EXPECT_EQ(told, (std::vector<int>{1, 2, 3}));
    const auto again = hearCodes(*station, {*broken});
    ASSERT_TRUE(again);
    EXPECT_EQ(again->heard, 0);
    EXPECT_TRUE(again->failed.empty()) << "what was left out is not tried";
    // Decoded from the library, they are what the desk would have heard.
    request.like = (kSamples / "drum_bass_hard.flac").string();
    request.text = "kind:codes";
    const auto found = station->find(request);
    ASSERT_TRUE(found);
    ASSERT_EQ(found->items.size(), 3U);
    EXPECT_EQ(found->items.front().id, ids[2]);
}

}  // namespace
}  // namespace smidgen
