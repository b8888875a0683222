// Section 13.11: runs, and 14.2: their weights.
#pragma once
#include "planes.hpp"

class RunReader {
public:
    RunReader(RangeDecoder& d, BlockContexts& contexts, std::vector<Grid>& channels, int c)
        : d_(d), contexts_(contexts), channels_(channels), c_(static_cast<size_t>(c)) {}
    void read() {
        Grid& g = channels_[c_];
        if (d_.even(1) == 0) return;
        for (direction_ = 0; direction_ < 2; direction_++) {
            if (g.r[direction_].empty()) g.r[direction_].assign(g.positions(), 0);
            count_ = direction_ == 0 ? g.window.height : g.window.width;
            const int lines = direction_ == 0 ? g.window.width : g.window.height;
            for (line_ = 0; line_ < lines; line_++)
                for (int i = 0; i < count_; i += 32) node(i, 5);
        }
    }

private:
    // The place of block i of a column or row of the part.
    int x(int line, int i) const { return channels_[c_].window.x + (direction_ == 0 ? line : i); }
    int y(int line, int i) const { return channels_[c_].window.y + (direction_ == 0 ? i : line); }
    int R(const Grid& g, int line, int i) const { return g.R(x(line, i), y(line, i), direction_); }
    static int compare(int m, int l) { return m == 0 ? 0 : (m & 7) >= l ? 2 : 1; }
    void node(int i, int l) {
        Grid& g = channels_[c_];
        if (l == 0 || i >= count_) return;
        const int length = 1 << l;
        if (i + length <= count_) {
            bool alive = false;
            for (int j = i; j < i + length; j++) alive = alive || g.l[g.index(x(line_, j), y(line_, j))];
            if (!alive) return;
            int64_t sum = 0;
            for (int j = i; j < i + length - 1; j++)
                sum += std::abs(g.Q(x(line_, j + 1), y(line_, j + 1), 0) - g.Q(x(line_, j), y(line_, j), 0));
            const int change = digits(static_cast<uint64_t>(std::min<int64_t>(16, 3 * sum / (2 * (length - 1)))));
            const int b = compare(R(g, line_ - 1, i), l);
            const int o = compare(g.role > 0 ? R(channels_[c_ - 1], line_, i) : R(g, line_, i - 1), l);
            const int context = (((g.role * 5 + l - 1) * 6 + change) * 3 + b) * 3 + o;
            if (d_.read(contexts_.map[static_cast<size_t>(context)])) {
                for (int j = i; j < i + length; j++)
                    g.r[direction_][g.index(x(line_, j), y(line_, j))] = static_cast<uint8_t>(j == i ? l : l + 8);
                return;
            }
        }
        node(i, l - 1);
        node(i + (1 << (l - 1)), l - 1);
    }
    RangeDecoder& d_;
    BlockContexts& contexts_;
    std::vector<Grid>& channels_;
    size_t c_;
    int direction_ = 0, line_ = 0, count_ = 0;
};

// 14.2
inline double cos64(int m) {
    static const std::vector<double> table = [] {
        std::vector<double> t = {COSINES[0], COSINES[1]};
        for (size_t i = 2; i < 128; i++) t.push_back(2 * t[1] * t[i - 1] - t[i - 2]);
        return t;
    }();
    return table[static_cast<size_t>(m)];
}
// W: plane after plane, as Q.
inline std::vector<double> rowWeights(const Grid& g) {
    std::vector<double> W(g.q.begin(), g.q.end());
    for (int direction = 0; direction < 2; direction++) {
        if (g.r[direction].empty()) continue;
        for (int y = 0; y < g.rows; y++)
            for (int x = 0; x < g.cols; x++) {
                const int l = g.R(x, y, direction);
                if (l == 0 || l >= 8) continue;
                const int n = 1 << l;
                for (int i = 1; i < 8; i++) {
                    const int k = direction == 0 ? i : 8 * i;
                    for (int j = 0; j < n; j++) {
                        double sum = 0;
                        for (int f = 0; f < n; f++) {
                            const int64_t value = direction == 0 ? g.Q(x, y + f, k) : g.Q(x + f, y, k);
                            if (value == 0) continue;
                            const double scale = std::sqrt((f == 0 ? 1.0 : 2.0) / n);
                            sum += static_cast<double>(value) * (scale * cos64((((2 * j + 1) * f) * 32 / n) & 127));
                        }
                        const size_t block = direction == 0 ? g.index(x, y + j) : g.index(x + j, y);
                        W[static_cast<size_t>(k) * g.positions() + block] = sum;
                    }
                }
            }
    }
    return W;
}
