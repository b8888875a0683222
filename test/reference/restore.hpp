// Section 17: the restoration filter.
#pragma once
#include "transform.hpp"

// 17.1
struct Filters {
    bool on[3] = {false, false, false};
    int64_t delta[12][12] = {};
};
inline Filters readFilters(RangeDecoder& d, int colourChannels) {
    Filters f;
    Contexts contexts(64);
    for (int c = 0; c < colourChannels; c++) {
        f.on[c] = d.even(1) == 1;
        if (c == 0 && f.on[0])
            for (auto& group : f.delta)
                for (int64_t& delta : group) delta = d.signedCode(contexts, 0);
    }
    return f;
}

// "A block of a channel is coded if ..."
inline bool isCoded(const Grid& g, int x, int y) { return g.coded[g.index(x, y)] || g.R(x, y, 0) || g.R(x, y, 1); }

// 17.2 to 17.5: the first channel.
inline void restoreFirst(Channel& channel, const Grid& grid, const Filters& filters, double D, bool weighted) {
    const int W = channel.width, H = channel.height;
    std::vector<int32_t> samples;
    for (double v : channel.v) {
        const double s = std::floor(16 * v + 0.5);
        samples.push_back(static_cast<int32_t>(s < -8191 ? -8191 : s > 8191 ? 8191 : s));
    }
    const auto s = [&](int x, int y) {
        x = x < 0 ? 0 : x >= W ? W - 1 : x;
        y = y < 0 ? 0 : y >= H ? H - 1 : y;
        return samples[static_cast<size_t>(y) * static_cast<size_t>(W) + static_cast<size_t>(x)];
    };
    // 17.4: integers of 32 bits that wrap around
    uint32_t K[12][12];
    for (int g = 0; g < 12; g++)
        for (int t = 0; t < 12; t++) K[g][t] = (weighted ? 3u : 4u) * static_cast<uint32_t>(static_cast<U64>(X0[g][t] + filters.delta[g][t]));
    constexpr int o[6][2] = {{1, 0}, {0, 1}, {1, 1}, {-1, 1}, {2, 0}, {0, 2}};
    const double bounds[4] = {0.05, 0.12, 0.25, 0.6};
    const int wide = static_cast<int>(std::floor(32 * D + 0.5)), narrow = static_cast<int>(std::floor(3.2 * D + 0.5));
    const auto clampInt = [](int bound, int v) { return v < -bound ? -bound : v > bound ? bound : v; };
    for (int by = 0; by < H; by += 8)
        for (int bx = 0; bx < W; bx += 8) {
            // 17.3
            int64_t r[4] = {};
            for (int y = by; y < by + 8; y++)
                for (int x = bx; x < bx + 8; x++)
                    if ((x + y) % 2 == 0)
                        for (int i = 0; i < 4; i++)
                            r[i] += std::abs(2 * s(x, y) - s(x - o[i][0], y - o[i][1]) - s(x + o[i][0], y + o[i][1]));
            int activity = 0;
            for (double bound : bounds) activity += std::floor(1024 * D * bound) < static_cast<double>(r[0] + r[1]) ? 1 : 0;
            const int64_t A = std::max(r[0], r[1]), a = std::min(r[0], r[1]), B = std::max(r[2], r[3]), b = std::min(r[2], r[3]);
            int direction, turn;
            if (A * b > B * a) {
                direction = 5 * A > 9 * a ? 1 : 0;
                turn = r[1] > r[0] ? 1 : 0;
            } else {
                direction = 5 * B > 9 * b ? 2 : 0;
                turn = r[3] > r[2] ? 2 : 0;
            }
            if (direction == 0) turn = 0;
            const int g = GROUPS[(activity * 3 + direction) * 2 + (isCoded(grid, bx / 8, by / 8) ? 1 : 0)];
            // 17.5
            for (int y = by; y < by + 8; y++)
                for (int x = bx; x < bx + 8; x++) {
                    const int p = s(x, y);
                    uint32_t sum = 128;
                    for (int j = 0; j < 6; j++) {
                        int dx = o[j][0], dy = o[j][1];
                        if (turn == 1) std::swap(dx, dy);
                        if (turn == 2) dx = -dx;
                        const int first = s(x + dx, y + dy) - p, second = s(x - dx, y - dy) - p;
                        sum += K[g][j] * static_cast<uint32_t>(clampInt(wide, first) + clampInt(wide, second));
                        sum += K[g][j + 6] * static_cast<uint32_t>(clampInt(narrow, first) + clampInt(narrow, second));
                    }
                    const int32_t restored = wrap32(int64_t{p} + (static_cast<int32_t>(sum) >> 8));
                    channel.at(x, y) = static_cast<double>(restored) / 16;
                }
        }
}

// 17.6: the second and the third.
inline void restoreOther(Channel& channel, const Grid& grid, double D) {
    const Channel before = channel;
    const auto v = [&](int x, int y) {
        x = x < 0 ? 0 : x >= before.width ? before.width - 1 : x;
        y = y < 0 ? 0 : y >= before.height ? before.height - 1 : y;
        return before.at(x, y);
    };
    const double t = 0.08 * D;
    for (int y = 0; y < channel.height; y++)
        for (int x = 0; x < channel.width; x++) {
            const double s = v(x, y);
            const auto f = [&](double a) { return std::fabs(a + (t - s)) - std::fabs(a - (t + s)); };
            const double sum = ((f(v(x - 2, y)) + f(v(x + 2, y))) + f(v(x, y - 2))) + f(v(x, y + 2));
            const double h = isCoded(grid, x / 8, y / 8) ? 0.109375 : 0.21875;
            channel.at(x, y) = single(s + h * sum);
        }
}
