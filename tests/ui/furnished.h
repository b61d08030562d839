// A studio with something in every corner: a collection, models, takes, a cube, codes; and a way round it.
#pragma once

#include "tests/ui/desk.h"

namespace smidgen::ui::testing {

class FurnishedTest : public DeskTest {
 protected:
    /// The library, made once for all tests of a suite.
    static void SetUpTestSuite();
    static void TearDownTestSuite();

    /// The studio on a copy of that library, 1440 × 900.
    void openFurnished();
    /// One soft tone a recipe, in the place of what it would sound like.
    static void addTakes(Workstation& station, const std::vector<Recipe>& recipes);
    /// Files kept as WAV and FLAC beside the library, to be dropped.
    [[nodiscard]] static std::vector<std::filesystem::path> samples();

    /// Takes the window to `name` and runs `visit` there: each page and each dialog of the studio in turn.
    using Visit = std::function<void(const std::string& name, QWidget& window)>;
    void visitEveryView(const Visit& visit);
    /// A document on the Edit page, decoded.
    void openDocument();
    /// A cube of two sounds on the Generate page, shown.
    void openCube();

 private:
    void visitDialog(const std::string& name, const Visit& visit, const std::function<void()>& open);

    inline static std::filesystem::path s_prepared;
};

}  // namespace smidgen::ui::testing
