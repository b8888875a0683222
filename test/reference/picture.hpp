// Section 11: the layers of a picture, from an opened file to samples.
#pragma once
#include "channel.hpp"
#include "restore.hpp"
#include "tiles.hpp"

// Section 13: the stream of layout `block`.
class BlockPicture {
public:
    explicit BlockPicture(Opened& o) : o_(o), h_(o.header), d_(o.stream), ofLevels_(o.ofLevels.size()), ofParts_(o.ofParts.size()), symbols_(512) {
        const int cols = h_.parts().cols, rows = h_.parts().rows;
        for (int c = 0; c < h_.channels; c++) {
            channels_.emplace_back(o.kept.blocks, cols, rows, 8, h_.role(c));
            thumbs_.emplace_back(ceilDiv(cols, 4), ceilDiv(rows, 4), 4, h_.role(c));
        }
        for (auto* grids : {&channels_, &thumbs_})
            for (Grid& g : *grids) {
                if (g.role > 0) g.luma = &(*grids)[0];
                if (g.role > 1) g.chroma = &(*grids)[1];
            }
        for (int c = 0; c < h_.colourChannels(); c++) channels_[static_cast<size_t>(c)].setWeights(h_.weights);
    }
    Raster decode() {
        for (int c = 0; c < h_.channels; c++) bases_.push_back(readBasis(d_, symbols_, c, h_.channels));
        for (int64_t i = 0; i < o_.steps; i++) readStep(h_.schedule[static_cast<size_t>(i)]);
        if (!seeded_) seed();
        Filters filters;
        if (o_.steps == static_cast<int64_t>(h_.schedule.size())) filters = readFilters(d_, h_.colourChannels());
        for (Grid& g : channels_) g.readAll();

        std::vector<Channel> result;
        for (size_t c = 0; c < channels_.size(); c++) {
            const double D = h_.D();
            result.push_back(blocksToChannel(channels_[c], planesZero_[c], bases_[c], o_.rank, D, o_.scale > 1 ? 4 : 8));
            if (!o_.complete || c >= static_cast<size_t>(h_.colourChannels()) || !filters.on[c]) continue;
            if (c == 0) restoreFirst(result[c], channels_[c], filters, D, h_.weights.weighted);
            else restoreOther(result[c], channels_[c], D);
        }
        const ColourBasis basis(h_.colour, h_.weights.weighted);
        if (o_.scale > 1) {
            Raster half = toSamples(result, basis, {0, 0, ceilDiv(h_.width, 2), ceilDiv(h_.height, 2)}, h_.bitDepth);
            if (tiles_) tiles_->paintHalf(half);
            return half;
        }
        const Rectangle area = o_.kept.pixels, within{area.x - 8 * o_.kept.blocks.x, area.y - 8 * o_.kept.blocks.y, area.width, area.height};
        Raster raster = toSamples(result, basis, within, h_.bitDepth);
        if (tiles_) tiles_->paint(raster, area);
        return raster;
    }

private:
    // 13.3
    void readStep(const Step& step) {
        const size_t c = static_cast<size_t>(step.channel);
        const int b = step.band;
        if (step.kind == StepKind::thumb) {
            if (ofLevels_.empty()) readLevel(d_, contexts_, c, b);
            for (size_t i = 0; i < ofLevels_.size(); i++) {
                for (Grid& g : thumbs_) g.readPart(h_.levelParts().of(static_cast<int>(i) + 1));
                readLevel(o_.ofLevels[i], ofLevels_[i], c, b);
            }
            for (Grid& g : thumbs_) g.readAll();
        } else if (step.kind == StepKind::tiles) {
            tiles_.emplace(h_.width, h_.height, h_.channels);
            tiles_->read(d_);
        } else {
            if (!seeded_) seed();
            if (ofParts_.empty()) readBand(d_, contexts_, c, b);
            for (size_t i = 0; i < ofParts_.size(); i++) {
                const Rectangle part = h_.parts().of(o_.kept.parts[i]);
                for (Grid& g : channels_) g.readPart(part);
                readBand(o_.ofParts[i], ofParts_[i], c, b);
            }
        }
    }
    // of the positions of one part
    void readLevel(RangeDecoder& d, BlockContexts& contexts, size_t c, int b) {
        for (int i = B4[b]; i < B4[b + 1]; i++)
            if (ORDER4[i] == 0) readPlaneZero(d, contexts, thumbs_[c]);
            else readPlane(d, contexts, thumbs_[c], ORDER4[i], nullptr, thumbs_);
    }
    void readBand(RangeDecoder& d, BlockContexts& contexts, size_t c, int b) {
        if (b == 3) fixTexture(channels_[c]);
        readAlive(d, contexts, channels_[c], b);
        if (b == 1 && !h_.compact) RunReader(d, contexts, channels_, static_cast<int>(c)).read();
        for (int i = B8[b - 1]; i < std::min(B8[b], h_.rank); i++) readPlane(d, contexts, channels_[c], ORDER8[i], &bases_[c], channels_);
    }
    // 13.5
    void seed() {
        seeded_ = true;
        for (size_t c = 0; c < channels_.size(); c++) {
            Grid &g = channels_[c], &level = thumbs_[c];
            planesZero_.push_back(planeZero(level, g.wholeCols, g.wholeRows));
            const std::vector<int64_t>& P = planesZero_[c];
            for (size_t i = 0; i < P.size(); i++) g.q0[i] = wrap32((P[i] + 128) >> 8);
            g.each([&](int x, int y) { g.a[g.index(x, y)] = level.a[level.index((x + g.left) >> 2, (y + g.top) >> 2)] >> 1; });
        }
        for (Grid& g : channels_) startRegressions(g);
        for (Grid& g : channels_)
            if (g.weighted) fixActivity(g);
    }
    // 13.2.1
    static int power(int64_t x, int64_t x0, int p) {
        const auto log = [](int64_t v) {
            const int c = top(static_cast<uint64_t>(v));
            return 16 * c + static_cast<int>((16 * v) >> c) - 16;
        };
        return static_cast<int>(clampTo(-24, (p * (log(std::min<int64_t>(x, 1 << 20)) - log(x0))) >> 3, 24));
    }
    void fixActivity(Grid& g) {
        const Grid& luma = channels_[0];
        const int64_t q = static_cast<int64_t>(std::floor(8 * h_.D() * stepOfExponent(-h_.weights.plane0) + 0.5));
        g.each([&](int x, int y) {
            int64_t d = 0;
            for (int j = -1; j <= 1; j++)
                for (int i = -1; i <= 1; i++) d += std::abs(luma.Q(x + i, y + j, 0) - luma.Q(x, y, 0));
            g.rowA[g.index(x, y)] = power(floorDiv(d * q, 64) + 256, 384, h_.weights.activity);
        });
    }
    void fixTexture(Grid& g) {
        if (!g.weighted) return;
        const Grid& luma = channels_[0];
        const double r = std::floor(8 * h_.D() + 0.5);
        g.each([&](int x, int y) {
            double z = 0;
            for (int i = 1; i <= 5; i++) {
                const int k = ORDER8[i];
                z += lumaWeight(luma, x, y, k) * luma.S(k, x, y);
            }
            const double X = std::min(std::floor(z * r / 16) + 128, 1048576.0);
            g.rowT[g.index(x, y)] = power(static_cast<int64_t>(X), 256, h_.weights.texture);
        });
    }
    // |Q(C, k)|, or what stands for it in a run.
    static double lumaWeight(const Grid& luma, int x, int y, int k) {
        const auto size = [&](int i, int j) { return std::fabs(static_cast<double>(luma.Q(i, j, k))); };
        if (classOf(luma, x, y, k) == 0) return size(x, y);
        const int direction = k < 8 ? 0 : 1;
        int i = x, j = y;
        while (luma.R(i, j, direction) >= 8) (direction == 0 ? j : i)--;
        const int n = 1 << luma.R(i, j, direction);
        return size(i, j) * static_cast<double>(root((1 << 24) / n)) / 4096;
    }

    Opened& o_;
    const Header& h_;
    RangeDecoder& d_;
    BlockContexts contexts_;                  // of the picture
    std::vector<BlockContexts> ofLevels_, ofParts_;      // as in Opened
    Contexts symbols_;
    std::vector<Grid> channels_, thumbs_;
    std::vector<Basis> bases_;
    std::vector<std::vector<int64_t>> planesZero_;
    std::optional<Tiles> tiles_;
    bool seeded_ = false;
};

inline Raster decodeOpened(Opened& o) {
    const Header& h = o.header;
    const bool block = h.layout == Layout::block;
    Raster raster = block ? BlockPicture(o).decode() : toSamples(decodeColumns(o), ColourBasis(h.colour, false), o.kept.pixels, h.bitDepth);
    if (o.scale > 1) raster = means(raster, block ? o.scale / 2 : o.scale);
    // section 11: no unread bytes
    bool unread = o.stream.unread();
    for (const RangeDecoder& d : o.ofLevels) unread = unread || d.unread();
    for (const RangeDecoder& d : o.ofParts) unread = unread || d.unread();
    if (o.whole && unread) fail("CORRUPT", "stream");
    return raster;
}
inline Raster decodePicture(const Bytes& bytes, const Options& options) {
    Opened o = openPicture(bytes, options);
    return decodeOpened(o);
}
