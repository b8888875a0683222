// Sections 5 to 7, 9 and 10: what stands before the stream, and the order of the steps.
#pragma once
#include <limits>
#include <optional>
#include "bits.hpp"
#include "tables.hpp"

// Section 10.1: first column of each band.
constexpr int B8[7] = {1, 3, 6, 10, 16, 43, 64};
constexpr int B4[6] = {0, 1, 3, 6, 10, 16};

enum class Layout { block, channel };
enum class StepKind { thumb, tiles, band, column };      // thumb: plane 0's level
struct Step {
    StepKind kind;
    int channel;
    int band;      // or the number of the column, from 1 on
};
struct Range {      // the bytes that a layer adds to one range decoder
    int64_t begin = 0, bytes = 0;      // begin: counted from the first byte of the stream
    uint32_t check = 0;
};
struct Layer {
    int64_t steps = 0, psnr = 0, end = 0;      // end: bytes of all layers up to it
    std::vector<Range> ranges;                 // that of the picture, then those of the parts (13.12)
    int rank = 1;
};
struct Extension {
    int type;
    int64_t length;
};
struct Weights {      // section 13.2.1
    bool weighted = false;
    int plane0 = 0, luma = 0, chroma = 0, chromaRise = 0, activity = 0, texture = 0;
};
struct Rectangle {
    int x = 0, y = 0, width = 0, height = 0;
};
// 13.12: the parts of a grid of cols by rows positions. They are numbered from 1 on.
struct Parts {
    int cols, rows, s;      // 2^s positions a side
    int across() const { return ((cols - 1) >> s) + 1; }
    int down() const { return ((rows - 1) >> s) + 1; }
    int count() const { return across() * down(); }
    Rectangle of(int p) const {
        const int x = ((p - 1) % across()) << s, y = ((p - 1) / across()) << s;
        return {x, y, std::min(cols - x, 1 << s), std::min(rows - y, 1 << s)};
    }
};
struct Header {
    int channels = 0, bitDepth = 8, width = 0, height = 0;
    Layout layout = Layout::block;
    bool tiles = false, compact = false;
    int stepCode = 0, rank = 64;
    int colour[3] = {0, 0, 0};
    Weights weights;
    int partShift = 16;      // s of 13.12
    std::vector<int> order;
    bool cut = false;
    int64_t totalSteps = 0;
    std::vector<Layer> layers;
    int64_t sizes[3] = {0, 0, 0}, psnrAlpha = 0;
    std::vector<Extension> extensions;
    std::vector<Step> schedule;

    double D() const { return stepOfCode(stepCode); }
    // 6.4
    static double stepOfCode(int code) {
        return (static_cast<double>(256 + (code & 255)) * static_cast<double>(1 << (code >> 8))) / 16384;
    }
    int colourChannels() const { return channels >= 3 ? 3 : 1; }
    // Section 4.
    int role(int c) const { return channels >= 3 && c < 3 ? c : 0; }
    int64_t pixels() const { return static_cast<int64_t>(width) * height; }
    Parts parts() const { return {ceilDiv(width, 8), ceilDiv(height, 8), partShift}; }
    Parts levelParts() const { return {ceilDiv(parts().cols, 4), ceilDiv(parts().rows, 4), partShift}; }
    // of each layer: that of the picture, those of plane 0's level, those of the channels
    int firstPart() const { return levelParts().count() > 1 ? 1 + levelParts().count() : 1; }
    int ranges() const { return parts().count() > 1 ? firstPart() + parts().count() : 1; }
};

struct Limits {      // 19.1; products below 0: as many as stand there
    double pixels = 268402689, memory = std::numeric_limits<double>::infinity(), products = -1;
};
struct Options {
    std::optional<Rectangle> region;      // section 11, in pixels; nothing: the whole picture
    Limits limits;
    int rank = 0;            // 0: not asked for
    int layers = 0;          // 0: all that are there
    int scale = 1;           // 14.5: 2, 4 or 8 for a smaller picture
    int64_t frames = -1;     // of a sequence: at most so many; -1: all
    bool tolerant = false;
};

// 6.3: the range decoder of a header and its contexts.
class HeaderReader {
public:
    HeaderReader(const Bytes& bytes, size_t begin)
        : decoder(bytes, begin, 0, Failure{"TRUNCATED", "header"}), contexts_(13 * 64) {}
    RangeDecoder decoder;
    int u(int n) { return static_cast<int>(decoder.even(n)); }
    int64_t ae(int k) { return decoder.escape(contexts_, static_cast<size_t>(k) * 64, k); }
    int turn(int c) {
        const int a = decoder.read(contexts_[static_cast<size_t>(769 + 4 * c)]);
        const int b = decoder.read(contexts_[static_cast<size_t>(770 + 4 * c + a)]);
        return 2 * a + b;
    }
    std::vector<int> order(int64_t most) {
        std::vector<int> result;
        const int64_t turns = std::min(ae(1), most);
        int c = 0;
        for (int64_t i = 0; i < turns; i++) result.push_back(c = turn(c));
        return result;
    }
    // 6.5
    std::vector<Extension> extensions() {
        std::vector<Extension> result;
        for (int64_t count = ae(0); count > 0; count--) {
            const int type = u(8);
            result.push_back({type, ae(5)});
        }
        return result;
    }

private:
    Contexts contexts_;
};

// Section 10.
inline std::vector<Step> schedule(const Header& h) {
    std::vector<Step> steps;
    std::vector<int> had(4, 0);
    if (h.layout == Layout::block) {
        for (int b = 0; b <= 4; b++)
            for (int c = 0; c < h.channels; c++) steps.push_back({StepKind::thumb, c, b});
        if (h.tiles) steps.push_back({StepKind::tiles, 0, 0});
        int bands = 0;
        while (B8[bands] < h.rank) bands++;
        for (int c : h.order)
            if (c < h.channels && had[static_cast<size_t>(c)] < bands) steps.push_back({StepKind::band, c, ++had[static_cast<size_t>(c)]});
    } else {
        for (int c : h.order)
            if (c < h.channels && had[static_cast<size_t>(c)] < h.rank) steps.push_back({StepKind::column, c, ++had[static_cast<size_t>(c)]});
    }
    return steps;
}
// The rank of the first `count` steps.
inline int rankOf(const Header& h, int64_t count) {
    int most = 0;
    for (int64_t i = 0; i < count; i++) {
        const Step& step = h.schedule[static_cast<size_t>(i)];
        if (step.kind == StepKind::band || step.kind == StepKind::column) most = std::max(most, step.band);
    }
    return h.layout == Layout::block ? std::min(h.rank, B8[most]) : most;
}

// 5.1: signature and plain header. `kind`: 0 picture, 1 sequence.
inline Header readPlainHeader(const Bytes& bytes, int kind) {
    static const uint8_t signature[4] = {0xd7, 0x4c, 0x0d, 0x0a};
    const size_t L = bytes.size();
    if (L < 4 || !std::equal(signature, signature + 4, bytes.begin())) {
        if (L == 0) fail("EMPTY", "signature");
        if (L < 4 && std::equal(bytes.begin(), bytes.end(), signature)) fail("TRUNCATED", "signature");
        fail("NOT_LRK", "signature");
    }
    if (L < 12) fail("TRUNCATED", "header");
    if (bytes[5] >> 4 != 1) fail("VERSION", "version");
    if (bytes[4] != kind) fail("NOT_LRK", "kind");
    Header h;
    h.channels = bytes[6];
    h.bitDepth = bytes[7];
    h.width = static_cast<int>(bigEndian(bytes, 8, 2));
    h.height = static_cast<int>(bigEndian(bytes, 10, 2));
    if (h.channels < 1 || h.channels > 4) fail("CORRUPT", "channels");
    if (h.bitDepth != 8 && h.bitDepth != 16) fail("CORRUPT", "bitDepth");
    if (h.width == 0 || h.height == 0) fail("CORRUPT", "width x height");
    return h;
}

// 6.3 and 7: fields and index.
inline void readFields(HeaderReader& r, Header& h) {
    h.layout = r.u(1) ? Layout::channel : Layout::block;
    const bool block = h.layout == Layout::block;
    if (block && h.bitDepth == 8) h.tiles = r.u(1) == 1;
    h.stepCode = r.u(12);
    const int most = block ? 64 : std::min(h.width, h.height);
    h.rank = static_cast<int>(std::max<int64_t>(1, most - r.ae(0)));
    if (h.channels >= 3)
        for (int& n : h.colour) n = r.u(11) - 1024;
    if (block && r.u(1)) {
        Weights& w = h.weights;
        w.weighted = true;
        w.plane0 = r.u(4);
        w.luma = r.u(6);
        w.chroma = r.u(5);
        w.chromaRise = r.u(6);
        w.activity = r.u(3);
        w.texture = r.u(3);
    }
    if (block) {
        const int64_t n = r.ae(0);
        h.partShift = n == 0 ? 16 : static_cast<int>(std::min<int64_t>(n + 4, 16));
    }
    h.order = r.order(static_cast<int64_t>(h.channels) * h.rank);
    h.schedule = schedule(h);
}
inline void readIndex(HeaderReader& r, Header& h) {
    h.cut = r.u(1) == 1;
    h.totalSteps = static_cast<int64_t>(h.schedule.size());
    if (h.cut) h.totalSteps = std::min(h.totalSteps, r.ae(0) + 1);
    int64_t steps = 0, end = 0;
    do {
        Layer layer;
        layer.steps = std::min(r.ae(0) + 1, h.totalSteps - steps);
        steps += layer.steps;
        for (int i = 0; i < h.ranges(); i++) {
            Range range;
            range.begin = end;
            range.bytes = r.ae(5);
            range.check = static_cast<uint32_t>(r.u(16));
            layer.ranges.push_back(range);
            end += range.bytes;
        }
        layer.end = end;
        layer.psnr = steps == h.totalSteps ? r.ae(11) : r.ae(6);
        h.layers.push_back(std::move(layer));
    } while (steps < h.totalSteps);
    steps = 0;
    int most = 0;
    for (Layer& layer : h.layers) {      // the rank of each (10.2, 10.3), in one pass over the schedule
        for (int64_t i = 0; i < layer.steps; i++, steps++) {
            const Step& step = h.schedule[static_cast<size_t>(steps)];
            if (step.kind == StepKind::band || step.kind == StepKind::column) most = std::max(most, step.band);
        }
        layer.rank = h.layout == Layout::block ? std::min(h.rank, B8[most]) : most;
    }
    const int64_t count = static_cast<int64_t>(h.layers.size());
    int64_t size = 1;
    for (int64_t& s : h.sizes) s = size = std::min(count, size + r.ae(0));
    if ((h.channels == 2 || h.channels == 4) && !h.cut) h.psnrAlpha = r.ae(11);
}
// 5.1: the end of a header, for pictures and sequences. Result: the first byte after the extensions of even type.
inline size_t endHeader(const Bytes& bytes, HeaderReader& r, Header& h) {
    h.extensions = r.extensions();
    const size_t at = r.decoder.at();
    if (!matches(bigEndian(bytes, at - 2, 2), crc16(bytes, 0, at - 2))) fail("CORRUPT", "header check");
    for (const Extension& e : h.extensions)
        if (e.type >= 128) fail("VERSION", "extension");
    uint64_t start = at;
    for (const Extension& e : h.extensions)
        if (e.type % 2 == 0) start += static_cast<uint64_t>(e.length);
    if (start > bytes.size()) fail("TRUNCATED", "header");
    return static_cast<size_t>(start);
}
inline uint64_t oddLength(const Header& h) {
    uint64_t length = 0;
    for (const Extension& e : h.extensions)
        if (e.type % 2 == 1) length += static_cast<uint64_t>(e.length);
    return length;
}

// Section 11: what is decoded of a picture for a region of it.
struct Kept {
    Rectangle pixels;            // the region, or the whole picture
    Rectangle blocks;            // those of the parts that are decoded
    std::vector<int> parts;      // their numbers; none where the picture is one part
    int across = 1, down = 1;    // how many of them
};
inline Kept keptFor(const Header& h, const std::optional<Rectangle>& region) {
    const Parts parts = h.parts();
    Kept kept;
    kept.pixels = region ? *region : Rectangle{0, 0, h.width, h.height};
    const Rectangle& r = kept.pixels;
    if (r.x < 0 || r.y < 0 || r.width < 1 || r.height < 1 || r.width > h.width - r.x || r.height > h.height - r.y) fail("USAGE", "region");
    // the parts with a block that is less than 16 pixels away
    const auto first = [&](int at) { return std::max(0, at - 15) / 8 >> parts.s; };
    const auto last = [&](int at, int size, int blocks) { return std::min(blocks - 1, (at + size - 1 + 15) / 8) >> parts.s; };
    const int left = first(r.x), right = last(r.x, r.width, parts.cols), top = first(r.y), bottom = last(r.y, r.height, parts.rows);
    kept.across = right - left + 1;
    kept.down = bottom - top + 1;
    const int x = left << parts.s, y = top << parts.s;
    kept.blocks = {x, y, std::min(parts.cols, (right + 1) << parts.s) - x, std::min(parts.rows, (bottom + 1) << parts.s) - y};
    if (parts.count() > 1)
        for (int j = top; j <= bottom; j++)
            for (int i = left; i <= right; i++) kept.parts.push_back(j * parts.across() + i + 1);
    return kept;
}

// 19.1. `steps`: those that will be decoded; `end`: bytes of the file up to the end of their last layer.
inline void checkPixels(const Header& h, const Limits& limits) {
    if (static_cast<double>(h.pixels()) > limits.pixels) fail("LIMIT", "width x height");
}
inline void checkLimits(const Header& h, const Kept& kept, const Limits& limits, int64_t steps, uint64_t end) {
    checkPixels(h, limits);
    const double c = kept.blocks.width, r = kept.blocks.height;
    const double e = static_cast<double>(h.parts().cols) * h.parts().rows - c * r;
    const double memory = 16777216.0 + 24.0 * h.channels * (64 * (c + 4 * kept.across) * (r + 4 * kept.down) + e);
    if (memory > limits.memory) fail("LIMIT", "memory");
    if (h.layout == Layout::channel) {
        const double pixels = static_cast<double>(h.pixels());
        const double most = 64 * pixels * h.channels + 32768 * static_cast<double>(end);
        if (static_cast<double>(steps) * pixels > (limits.products < 0 ? most : limits.products)) fail("LIMIT", "products");
    }
}

// A picture whose header has been read and checked: what is needed to decode its stream.
struct Opened {
    Header header;
    Kept kept;
    RangeDecoder stream;                   // section 12, at its first bit: that of the picture
    std::vector<RangeDecoder> ofLevels;    // those of the parts of plane 0's level, all of them
    std::vector<RangeDecoder> ofParts;     // those of kept.parts
    int64_t steps = 0;                     // of the layers that are decoded
    int rank = 1;                          // the rank in use (section 11)
    bool complete = false;                 // section 11
    bool whole = false;                    // all layers of a whole file are decoded
    size_t start = 0;                      // the first byte of the stream
    size_t layersThere = 0;                // how many layers are decoded
    int scale = 1;                         // 14.5
};

// Section 9.
inline Opened openCompact(const Bytes& bytes, const Options& options) {
    HeaderReader r(bytes, 2);
    Header h;
    h.compact = true;
    if (r.u(4) != 1) fail("VERSION", "version");
    h.channels = r.u(2) + 1;
    h.width = r.u(7) + 1;
    h.height = r.u(7) + 1;
    h.stepCode = r.u(12);
    h.order = r.order(static_cast<int64_t>(h.channels) * h.rank);
    h.schedule = schedule(h);
    h.totalSteps = static_cast<int64_t>(h.schedule.size());
    const Kept kept = keptFor(h, options.region);
    checkLimits(h, kept, options.limits, h.totalSteps, bytes.size());
    r.decoder.follow(4, Failure{"TRUNCATED", "stream"});
    const int last = rankOf(h, h.totalSteps);
    const int rank = options.rank > 0 ? std::min(options.rank, last) : last;
    return Opened{h, kept, r.decoder, {}, {}, h.totalSteps, rank, rank == last && options.scale == 1, true, 2, 1, options.scale};
}

// 5.1, up to the decoding of layers.
inline Opened openPicture(const Bytes& bytes, const Options& options) {
    if (bytes.size() >= 2 && bytes[0] == 0xd7 && bytes[1] == 0xf0) return openCompact(bytes, options);
    Header h = readPlainHeader(bytes, 0);
    HeaderReader r(bytes, 12);
    readFields(r, h);
    readIndex(r, h);
    const size_t start = endHeader(bytes, r, h);
    const uint64_t L = bytes.size();
    const uint64_t size = start + static_cast<uint64_t>(h.layers.back().end) + oddLength(h) + 4;
    if (L > size && !options.tolerant) fail("CORRUPT", "file");

    const Kept kept = keptFor(h, options.region);
    std::vector<int> used;      // numbers of ranges; that of the picture is 0
    for (int m = 0; m < h.firstPart(); m++) used.push_back(m);
    for (int p : kept.parts) used.push_back(h.firstPart() + p - 1);
    const auto begin = [&](const Range& range) { return start + static_cast<size_t>(range.begin); };
    const auto end = [&](const Range& range) { return begin(range) + static_cast<size_t>(range.bytes); };
    size_t there = 0;      // layers that are there
    bool damaged = false;
    while (!damaged && there < h.layers.size() && start + static_cast<uint64_t>(h.layers[there].end) <= L) {
        for (int m : used) {
            const Range& range = h.layers[there].ranges[static_cast<size_t>(m)];
            if (matches(range.check, crc16(bytes, begin(range), end(range)))) continue;
            if (!options.tolerant || there == 0) fail("CORRUPT", "layer " + std::to_string(there + 1) + (m == 0 ? "" : " part " + std::to_string(m)));
            damaged = true;
        }
        if (!damaged) there++;
    }
    if (there == 0) fail("TRUNCATED", "first layer");
    // With a region the trailer's check is left out: it covers parts that may be missing.
    if (L == size && !options.region && !options.tolerant && !matches(bigEndian(bytes, L - 4, 4), crc32(bytes, 0, L - 4))) fail("CORRUPT", "checksum");
    const auto stepsOf = [&] {
        int64_t steps = 0;
        for (size_t n = 0; n < there; n++) steps += h.layers[n].steps;
        return steps;
    };
    checkLimits(h, kept, options.limits, stepsOf(), start + static_cast<uint64_t>(h.layers[there - 1].end));
    if (options.layers > 0) there = std::min(there, static_cast<size_t>(options.layers));
    if (options.scale > 1) there = std::min(there, static_cast<size_t>(h.sizes[options.scale == 8 ? 0 : options.scale == 4 ? 1 : 2]));
    const int64_t steps = stepsOf();
    const Layer& last = h.layers[there - 1];
    std::vector<RangeDecoder> streams, ofLevels, ofParts;
    for (int m : used) {      // section 12: the decoder's ranges of the layers in use, one after the other
        Bytes own;
        for (size_t n = 0; n < there; n++) {
            const Range& range = h.layers[n].ranges[static_cast<size_t>(m)];
            own.insert(own.end(), bytes.begin() + static_cast<std::ptrdiff_t>(begin(range)), bytes.begin() + static_cast<std::ptrdiff_t>(end(range)));
        }
        (m == 0 ? streams : m < h.firstPart() ? ofLevels : ofParts).emplace_back(std::move(own), 0, 4, Failure{"CORRUPT", "stream"});
    }
    const RangeDecoder stream = streams.front();
    const int rank = options.rank > 0 ? std::min(options.rank, last.rank) : last.rank;
    const bool complete = steps == static_cast<int64_t>(h.schedule.size()) && rank == last.rank && options.scale == 1;
    const bool whole = L >= size && there == h.layers.size();
    return Opened{std::move(h), kept, stream, std::move(ofLevels), std::move(ofParts), steps, rank, complete, whole, start, there, options.scale};
}
