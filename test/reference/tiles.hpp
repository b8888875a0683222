// Section 18: exact cells.
#pragma once
#include <optional>
#include "transform.hpp"

class Tiles {
public:
    Tiles(int width, int height, int channels)
        : width_(width), height_(height), n_(channels), cols_(ceilDiv(width, 8)), rows_(ceilDiv(height, 8)),
          exact_(static_cast<size_t>(cols_) * static_cast<size_t>(rows_), 0),
          colours_(static_cast<size_t>(width) * static_cast<size_t>(height), 0) {}

    // 18.3
    void read(RangeDecoder& d) {
        for (int b = 0; b < cols_ * rows_; b++) {
            const auto before = [&](int i) { return i >= 0 && i < b ? exact_[static_cast<size_t>(i)] : 0; };
            const int context = before(b - 1) + 2 * before(b - cols_) + 4 * before(b - cols_ + 1);
            exact_[static_cast<size_t>(b)] = static_cast<uint8_t>(d.read(exactContexts_[static_cast<size_t>(context)]));
        }
        std::vector<int> F(static_cast<size_t>(cols_), 0);
        for (int y = 0; y < height_; y++)
            for (int c = 0; c < cols_; c++) {
                if (!exactCell(c, y / 8)) continue;
                int& f = F[static_cast<size_t>(c)];
                const int left = c > 0 ? F[static_cast<size_t>(c - 1)] : 0;
                const int foretold = d.read(foretoldContexts_[static_cast<size_t>((f & 7) * 8 + (left & 7))]);
                f = (2 * f + foretold) & 7;
                for (int x = c * 8; x < std::min(width_, c * 8 + 8); x++) readPixel(d, x, y, foretold == 1);
            }
    }
    // 18.5. The raster holds the pixels of `area`.
    void paint(Raster& raster, const Rectangle& area) const {
        size_t at = 0;
        for (int y = area.y; y < area.y + area.height; y++)
            for (int x = area.x; x < area.x + area.width; x++, at += static_cast<size_t>(n_))
                if (exactCell(x / 8, y / 8))
                    for (int k = 0; k < n_; k++) raster.samples[at + static_cast<size_t>(k)] = static_cast<uint16_t>(sample(colour(x, y), k));
    }

    // 14.5. The raster is that of half the size.
    void paintHalf(Raster& raster) const {
        for (int y = 0; y < raster.height; y++)
            for (int x = 0; x < raster.width; x++) {
                if (!exactCell(2 * x / 8, 2 * y / 8)) continue;
                for (int k = 0; k < n_; k++) {
                    int sum = 0;
                    for (int i = 0; i < 4; i++)
                        sum += sample(colour(std::min(2 * x + (i & 1), width_ - 1), std::min(2 * y + i / 2, height_ - 1)), k);
                    raster.at(x, y, k) = static_cast<uint16_t>((sum + 2) / 4);
                }
            }
    }

private:
    static constexpr int NEIGHBOURS[12][2] = {{-1, 0}, {0, -1},  {-1, -1}, {1, -1}, {-2, 0}, {0, -2},
                                              {-2, -1}, {2, -1}, {-1, -2}, {1, -2}, {-3, 0}, {3, -1}};
    struct Slot {
        uint32_t colour = 0;
        int trust = 0;
    };
    struct Candidate {
        uint32_t colour;
        int source, agreeing;
    };
    bool exactCell(int c, int r) const { return exact_[static_cast<size_t>(r) * static_cast<size_t>(cols_) + static_cast<size_t>(c)] != 0; }
    uint32_t colour(int x, int y) const {
        return x < 0 || y < 0 || x >= width_ || y >= height_ ? 0 : colours_[static_cast<size_t>(y) * static_cast<size_t>(width_) + static_cast<size_t>(x)];
    }
    int sample(uint32_t c, int k) const { return static_cast<int>(c >> (8 * (n_ - 1 - k)) & 255); }
    static int tree(RangeDecoder& d, Contexts& family, int base) {
        int node = 1;
        for (int i = 0; i < 8; i++) node = 2 * node + d.read(family[static_cast<size_t>(base + node)]);
        return node - 256;
    }
    void readPixel(RangeDecoder& d, int x, int y, bool foretold) {
        // 18.2
        uint32_t near[12], h = 0;
        Slot* slots[3] = {};      // large, middle, small
        for (int i = 0; i < 12; i++) {
            near[i] = colour(x + NEIGHBOURS[i][0], y + NEIGHBOURS[i][1]);
            h = (h ^ near[i]) * 2654435761u ^ h >> 15;
            if (i == 1) slots[2] = &slots_[h >> 12];
            if (i == 5) slots[1] = &slots_[h >> 12];
            if (i == 11) slots[0] = &slots_[h >> 12];
        }
        // 18.4
        std::vector<Candidate>& candidates = candidates_;
        candidates.clear();
        const auto voice = [&](uint32_t named, int source) {
            for (Candidate& c : candidates)
                if (c.colour == named) {
                    c.agreeing++;
                    return;
                }
            candidates.push_back({named, source, 0});
        };
        for (int v = 0; v < 3; v++)
            if (slots[v]->trust > 0) voice(slots[v]->colour, 4 * v + slots[v]->trust - 1);
        for (int v = 3; v < 7; v++) voice(near[v - 3], 9 + v);

        uint32_t result = candidates[0].colour;
        if (!foretold) {
            std::optional<uint32_t> found;
            for (size_t place = 0; place < candidates.size() && !found; place++) {
                const Candidate& c = candidates[place];
                const size_t context = (place * 16 + static_cast<size_t>(c.source)) * 8 + static_cast<size_t>(c.agreeing);
                if (d.read(candidateContexts_[context])) found = c.colour;
            }
            result = found ? *found : escape(d, near[0]);
            for (Slot* slot : slots) {
                if (slot->trust > 0 && slot->colour == result) slot->trust = std::min(slot->trust + 1, 4);
                else if (slot->trust > 2) slot->trust >>= 1;
                else *slot = {result, 1};
            }
        }
        colours_[static_cast<size_t>(y) * static_cast<size_t>(width_) + static_cast<size_t>(x)] = result;
    }
    uint32_t escape(RangeDecoder& d, uint32_t c) {
        const int s = tree(d, firstContexts_, (sample(c, 0) >> 5) * 256);
        std::optional<uint32_t>& last = last_[static_cast<size_t>(s)];
        if (last && d.read(sameContexts_[0])) return *last;
        uint32_t result = static_cast<uint32_t>(s);
        for (int k = 1; k < n_; k++) {
            const int v = (sample(c, k) - sample(c, 0) + s + tree(d, sampleContexts_, k * 256)) & 255;
            result = result << 8 | static_cast<uint32_t>(v);
        }
        last = result;
        return result;
    }

    int width_, height_, n_, cols_, rows_;
    std::vector<uint8_t> exact_;
    std::vector<uint32_t> colours_;      // 0 where not read
    std::vector<Slot> slots_ = std::vector<Slot>(1 << 20);
    std::vector<std::optional<uint32_t>> last_ = std::vector<std::optional<uint32_t>>(256);
    std::vector<Candidate> candidates_;
    Contexts exactContexts_ = Contexts(8), foretoldContexts_ = Contexts(64), candidateContexts_ = Contexts(7 * 16 * 8),
             firstContexts_ = Contexts(8 * 256), sameContexts_ = Contexts(1), sampleContexts_ = Contexts(4 * 256);
};
