#include "storage/blocks/documentation.h"

#include <algorithm>

#include "storage/blocks/checksum.h"
#include "storage/blocks/markdown_sections.h"

namespace smidgen::storage {
namespace {

constexpr const char* kMimeType = "text/markdown";

/// The block of that name, made in the caller's project.
Result<std::optional<Block>> findByName(BlockStore& store, const Caller& caller, const std::string& name) {
    BlockQuery query;
    query.classes = {BlockClass::documentation};
    query.statuses.clear();
    query.madeIn = caller.project;
    query.nameContains = name;
    for (;;) {
        auto page = store.list(caller, query);
        if (!page) return propagate(page);
        for (Block& block : page->blocks)
            if (block.name == name) return std::optional<Block>(std::move(block));
        if (page->next.empty()) return std::nullopt;
        query.after = page->next;
    }
}

std::vector<std::byte> bytesOf(const std::string& text) {
    const auto bytes = std::as_bytes(std::span(text));
    return {bytes.begin(), bytes.end()};
}

std::vector<std::string> sorted(std::vector<std::string> tags) {
    std::sort(tags.begin(), tags.end());
    tags.erase(std::unique(tags.begin(), tags.end()), tags.end());
    return tags;
}

bool isSame(const Block& block, const Documentation& wanted) {
    return block.status == BlockStatus::active && block.readOnly && block.metadata == wanted.metadata &&
           block.tags == sorted(wanted.tags) && block.contentSize == wanted.markdown.size() &&
           (wanted.markdown.empty() ||
            block.contentSum == checksumOf(std::as_bytes(std::span(wanted.markdown))));
}

/// Off with the protection, in with the text, and protected again.
std::vector<Operation> update(const Block& block, const Documentation& wanted) {
    std::vector<Operation> operations;
    std::uint64_t expected = block.version;
    if (block.readOnly) {
        BlockEdit unlock;
        unlock.readOnly = false;
        operations.emplace_back(EditBlock{block.id, expected++, unlock});
    }
    if (block.status != BlockStatus::active)
        operations.emplace_back(SetStatus{block.id, expected++, BlockStatus::active});
    BlockEdit edit;
    edit.metadata = wanted.metadata;
    edit.tags = wanted.tags;
    edit.content = bytesOf(wanted.markdown);
    edit.readOnly = true;
    operations.emplace_back(EditBlock{block.id, expected, std::move(edit)});
    return operations;
}

}  // namespace

Result<Receipt> putDocumentation(BlockStore& store, const Caller& caller, const Documentation& wanted) {
    if (!isUtf8(wanted.markdown))
        return failure(ErrorCode::invalidArgument,
                       "'" + wanted.name + "' is not text in UTF-8. Save it as UTF-8 and try again.");
    auto known = findByName(store, caller, wanted.name);
    if (!known) return propagate(known);
    std::vector<Operation> operations;
    if (*known) {
        const Block& block = **known;
        if (isSame(block, wanted)) return Receipt{block.id, block.version, block.change};
        operations = update(block, wanted);
    } else {
        BlockDraft draft;
        draft.name = wanted.name;
        draft.kind = BlockClass::documentation;
        draft.mimeType = kMimeType;
        draft.metadata = wanted.metadata;
        draft.tags = wanted.tags;
        draft.readOnly = true;
        draft.content = bytesOf(wanted.markdown);
        operations.emplace_back(PutBlock{std::move(draft)});
    }
    auto receipts = store.apply(caller, operations);
    if (!receipts) return propagate(receipts);
    return receipts->back();
}

Result<std::vector<DocumentationSection>> sectionsOf(BlockStore& store, const Caller& caller,
                                                     const BlockId& id) {
    auto block = store.get(caller, id, {false, true});
    if (!block) return propagate(block);
    const std::string_view text(reinterpret_cast<const char*>(block->content.data()), block->content.size());
    if (block->kind != BlockClass::documentation || !isUtf8(text))
        return failure(ErrorCode::unusableInput, "'" + block->name + "' is no documentation in Markdown.");
    std::vector<DocumentationSection> sections;
    for (MarkdownSection& section : cutMarkdown(text))
        sections.push_back({sections.size() + 1, section.level, std::move(section.path),
                            std::move(section.anchor), std::string(section.markdown)});
    return sections;
}

Result<DocumentationSection> sectionAt(BlockStore& store, const Caller& caller, const BlockId& id,
                                       const std::string& anchor) {
    auto sections = sectionsOf(store, caller, id);
    if (!sections) return propagate(sections);
    for (DocumentationSection& section : *sections)
        if (section.anchor == anchor) return std::move(section);
    return failure(ErrorCode::notFound, "There is no section '" + anchor + "' in this documentation.");
}

Result<WordPage> searchDocumentation(BlockStore& store, const Caller& caller, const std::string& text,
                                     std::size_t limit, const std::string& after) {
    WordQuery query;
    query.text = text;
    query.classes = {BlockClass::documentation};
    query.limit = limit;
    query.after = after;
    return store.searchWords(caller, query);
}

}  // namespace smidgen::storage
