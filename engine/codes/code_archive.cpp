#include "engine/codes/code_archive.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <string>
#include <utility>

#include "engine/foundation/atomic_file.h"
#include "storage/wavetable/npy.h"
#include "storage/wavetable/zip_archive.h"

namespace smidgen {
namespace {

using storage::Bytes;
using storage::NpyArray;
using storage::NpyKind;

constexpr std::size_t kMostBytes = std::size_t{1} << 30;
constexpr std::size_t kMostValues = std::size_t{1} << 27;
constexpr std::array<const char*, 2> kEndings{"", "_side"};

std::string endOf(const std::filesystem::path& file) {
    std::string end = file.extension().string();
    for (char& c : end) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return end;
}

tl::unexpected<Error> notCodes(const std::filesystem::path& file, const std::string& detail) {
    return failure(ErrorCode::unusableInput,
                   "'" + displayName(file.filename()) + "' holds no codes that Smidgen can use.", detail);
}

Status addPart(storage::ZipWriter& archive, const models::MelCodes& part, const std::string& ending) {
    const std::vector<std::int64_t> codes(part.codes.begin(), part.codes.end());
    const std::array shape{static_cast<std::uint64_t>(part.frames().value),
                           static_cast<std::uint64_t>(part.levels)};
    if (auto added = archive.add("codes" + ending + ".npy", storage::composeNpyIntegers(codes, shape));
        !added)
        return added;
    const std::array length{static_cast<std::uint64_t>(part.g.size())};
    return archive.add("global" + ending + ".npy", storage::composeNpy(length, part.g));
}

Status writeArchive(const SoundCodes& codes, const std::filesystem::path& path) {
    auto file = AtomicFile::create(path);
    if (!file) return propagate(file);
    storage::ZipWriter archive([&](std::span<const std::byte> bytes) { return file->write(bytes); }, true);
    for (std::size_t i = 0; i < codes.parts.size(); ++i)
        if (auto added = addPart(archive, codes.parts[i], kEndings[std::min<std::size_t>(i, 1)]); !added)
            return added;
    const std::array model{codes.modelId};
    const std::array<std::int64_t, 1> size{codes.codebookSize}, samples{codes.length.value};
    for (const auto& [name, bytes] :
         {std::pair<std::string, Bytes>("model.npy", storage::composeNpyText(model, true)),
          {"codebook_size.npy", storage::composeNpyIntegers(size)},
          {"samples.npy", storage::composeNpyIntegers(samples)}})
        if (auto added = archive.add(name, bytes); !added) return added;
    if (auto finished = archive.finish(); !finished) return finished;
    return file->commit();
}

/// Reads arrays by name.
class Arrays {
 public:
    Arrays(const storage::ZipReader& archive, std::string name)
        : m_archive(archive), m_name(std::move(name)) {}
    [[nodiscard]] bool has(const std::string& array) const { return find(array) != nullptr; }
    [[nodiscard]] Result<NpyArray> read(const std::string& array, NpyKind kind) const {
        const storage::ZipEntry* entry = find(array);
        if (entry == nullptr) return notCodes(m_name, "no array " + array);
        auto bytes = m_archive.read(*entry);
        if (!bytes) return propagate(bytes);
        auto read = storage::parseNpy(*bytes, kMostValues, m_name);
        if (read && read->kind != kind) return notCodes(m_name, array + " is of another kind");
        return read;
    }
    [[nodiscard]] Result<std::int64_t> number(const std::string& array) const {
        const storage::ZipEntry* entry = find(array);
        if (entry == nullptr) return notCodes(m_name, "no array " + array);
        auto bytes = m_archive.read(*entry);
        if (!bytes) return propagate(bytes);
        return storage::parseNpyInteger(*bytes, m_name);
    }

 private:
    [[nodiscard]] const storage::ZipEntry* find(const std::string& array) const {
        const auto& entries = m_archive.entries();
        const auto found = std::ranges::find(entries, array + ".npy", &storage::ZipEntry::name);
        return found == entries.end() ? nullptr : &*found;
    }
    const storage::ZipReader& m_archive;
    std::string m_name;
};

Result<models::MelCodes> readPart(const Arrays& arrays, const std::string& ending,
                                  const std::filesystem::path& file) {
    auto grid = arrays.read("codes" + ending, NpyKind::number);
    if (!grid) return propagate(grid);
    auto global = arrays.read("global" + ending, NpyKind::number);
    if (!global) return propagate(global);
    if (grid->shape.size() != 2 || grid->shape[1] < 1 || grid->shape[1] > 16)
        return notCodes(file, "codes of another shape");
    models::MelCodes part;
    part.levels = static_cast<int>(grid->shape[1]);
    for (const float value : grid->numbers) {
        if (!(value >= 0 && value < 65536 && value == std::floor(value)))
            return notCodes(file, "a code that is no whole number");
        part.codes.push_back(static_cast<std::uint16_t>(value));
    }
    part.g = global->numbers;
    return part;
}

Result<SoundCodes> readArchive(const std::filesystem::path& file) {
    auto text = readWholeFile(file, kMostBytes);
    if (!text) return propagate(text);
    const std::string name = displayName(file.filename());
    auto archive = storage::ZipReader::open(std::as_bytes(std::span(*text)), kMostBytes, name);
    if (!archive) return propagate(archive);
    const Arrays arrays(*archive, name);
    SoundCodes codes;
    auto model = arrays.read("model", NpyKind::text);
    if (!model) return propagate(model);
    if (model->strings.size() != 1) return notCodes(file, "no name of a model");
    codes.modelId = model->strings.front();
    auto size = arrays.number("codebook_size");
    if (!size) return propagate(size);
    codes.codebookSize = static_cast<int>(std::clamp<std::int64_t>(*size, 0, 1 << 20));
    auto samples = arrays.number("samples");
    if (!samples) return propagate(samples);
    codes.length = Samples(*samples);
    for (const char* ending : kEndings) {
        if (*ending != '\0' && !arrays.has(std::string("codes") + ending)) break;
        auto part = readPart(arrays, ending, file);
        if (!part) return propagate(part);
        codes.parts.push_back(std::move(*part));
    }
    // One place says what codes must be like.
    return soundCodesFromJson(toJson(codes));
}

}  // namespace

Status checkCodesName(const std::filesystem::path& file) {
    if (endOf(file) == ".json" || endOf(file) == ".npz") return {};
    return failure(ErrorCode::invalidArgument, "Codes are kept in files that end in .json or .npz; '" +
                                                   displayName(file.filename()) + "' does not.");
}

Status writeCodes(const SoundCodes& codes, const std::filesystem::path& file) {
    if (auto named = checkCodesName(file); !named) return named;
    if (endOf(file) == ".npz") return writeArchive(codes, file);
    return writeFileAtomically(file, toJson(codes) + "\n");
}

Result<SoundCodes> readCodes(const std::filesystem::path& file) {
    if (auto named = checkCodesName(file); !named) return propagate(named);
    if (endOf(file) == ".npz") return readArchive(file);
    auto text = readWholeFile(file, kMostBytes);
    if (!text) return propagate(text);
    return soundCodesFromJson(*text);
}

}  // namespace smidgen
