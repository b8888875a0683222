// Section 13: planes of layout `block`. Runs (13.11) are in runs.hpp.
#pragma once
#include <array>
#include <cstdlib>
#include "header.hpp"

// 13.2.1: steps of planes and blocks.
struct Steps {      // of the exponents -64 to 255; those of 13.2.1 are between -48 and 181
    double step[320], norm[320];
    Steps() {
        for (int e = -64; e < 256; e++) {
            const double s = ROOTS[e & 15] * std::ldexp(1.0, e >> 4) / 256;
            step[e + 64] = s;
            norm[e + 64] = static_cast<double>(root(static_cast<int64_t>(std::floor(16777216.0 / s)))) / 4096;
        }
    }
    static const Steps& all() {
        static const Steps steps;
        return steps;
    }
};
inline double stepOfExponent(int e) { return Steps::all().step[e + 64]; }
inline double normOfExponent(int e) { return Steps::all().norm[e + 64]; }
// 13.2
inline uint8_t compand(int32_t q, double S) {
    const double a = std::floor(128 * std::fabs(static_cast<double>(q)) * S);
    return a > 255.0 * 254.0 ? 255 : static_cast<uint8_t>(root(static_cast<int64_t>(a)));
}

// 13.2: what is kept of a channel, or of plane 0's level of it.
struct Grid {
    int cols, rows, n, role;           // positions that are kept; plane 0 is kept of all the picture's
    Rectangle window;                  // 13.12: the part that is read; all others count as outside of the grid
    int left = 0, top = 0, wholeCols, wholeRows;      // where the kept positions begin in the picture's grid, and its size
    bool thumb;                        // plane 0's level
    Grid *luma = nullptr, *chroma = nullptr;      // on the same level, where the role says so
    std::vector<int32_t> q, q0;        // Q, plane after plane; Q(., 0) of the picture's grid
    std::vector<uint8_t> m;            // M
    std::vector<int32_t> a;            // A
    std::vector<uint8_t> l, g;         // L; G while the flags of a band are read
    std::vector<uint8_t> coded;        // G of band 1 (section 17)
    std::vector<uint8_t> r[2];         // R; empty where there are no runs
    std::vector<int32_t> sxx, sxy, txx, txy;
    // 13.2.1: e(k, C) is planeExponent[k] + rowA + rowT (bands 1 to 6, and 3 to 6); nothing where the channel has no weights
    bool weighted = false;
    int planeExponent[64] = {};
    std::vector<int> rowA, rowT;

    Grid(int columns, int lines, int size, int itsRole) : Grid(Rectangle{0, 0, columns, lines}, columns, lines, size, itsRole) {}
    Grid(const Rectangle& kept, int columns, int lines, int size, int itsRole)
        : cols(kept.width), rows(kept.height), n(size), role(itsRole), left(kept.x), top(kept.y), wholeCols(columns), wholeRows(lines),
          thumb(size == 4) {
        readAll();
        const size_t count = positions();
        q0.assign(static_cast<size_t>(wholeCols) * static_cast<size_t>(wholeRows), 0);
        q.assign(count * static_cast<size_t>(n * n), 0);
        m.assign(count * static_cast<size_t>(n * n), 0);
        a.assign(count, 0);
        l.assign(count, 1);
        g.assign(count, 0);
        coded.assign(count, 0);
        rowA.assign(count, 0);
        rowT.assign(count, 0);
        if (role > 0) sxx.assign(count, 0), sxy.assign(count, 0);
        if (role > 1) txx.assign(count, 0), txy.assign(count, 0);
    }
    size_t positions() const { return static_cast<size_t>(cols) * static_cast<size_t>(rows); }
    void readAll() { window = {0, 0, cols, rows}; }
    void readPart(const Rectangle& part) { window = {part.x - left, part.y - top, part.width, part.height}; }
    bool inside(int x, int y) const {
        return x >= window.x && y >= window.y && x < window.x + window.width && y < window.y + window.height;
    }
    // f(x, y) for the positions of the window, in raster order
    template <class F> void each(F f) const {
        for (int y = window.y; y < window.y + window.height; y++)
            for (int x = window.x; x < window.x + window.width; x++) f(x, y);
    }
    size_t index(int x, int y) const { return static_cast<size_t>(y) * static_cast<size_t>(cols) + static_cast<size_t>(x); }
    size_t wholeIndex(int x, int y) const {
        return static_cast<size_t>(y + top) * static_cast<size_t>(wholeCols) + static_cast<size_t>(x + left);
    }
    int32_t& qAt(int x, int y, int k) { return k == 0 ? q0[wholeIndex(x, y)] : q[static_cast<size_t>(k) * positions() + index(x, y)]; }
    uint8_t& mAt(int x, int y, int k) { return m[static_cast<size_t>(k) * positions() + index(x, y)]; }

    // "Outside of the grid": values with any x and y.
    int64_t Q(int x, int y, int k) const {
        if (k == 0) {
            // of plane 0's level the part counts, of a channel the picture
            const int64_t i = thumb ? clampTo(window.x, x, window.x + window.width - 1) : clampTo(0, x + left, wholeCols - 1);
            const int64_t j = thumb ? clampTo(window.y, y, window.y + window.height - 1) : clampTo(0, y + top, wholeRows - 1);
            return q0[static_cast<size_t>(j) * static_cast<size_t>(wholeCols) + static_cast<size_t>(i)];
        }
        return inside(x, y) ? q[static_cast<size_t>(k) * positions() + index(x, y)] : 0;
    }
    int M(int x, int y, int k) const {      // k = -1: none
        return k >= 0 && inside(x, y) ? m[static_cast<size_t>(k) * positions() + index(x, y)] : 0;
    }
    template <class T> int64_t at(const std::vector<T>& v, int x, int y) const { return inside(x, y) ? v[index(x, y)] : 0; }
    int R(int x, int y, int direction) const {
        return r[direction].empty() || !inside(x, y) ? 0 : r[direction][index(x, y)];
    }

    // 13.2.1
    int exponent(int k, int x, int y) const {
        if (!weighted) return 0;
        if (k == 0) return planeExponent[0];
        return planeExponent[k] + rowA[index(x, y)] + (lateBand(k) ? rowT[index(x, y)] : 0);
    }
    double S(int k, int x, int y) const { return weighted ? stepOfExponent(exponent(k, x, y)) : 1; }
    double norm(int k, int x, int y) const { return weighted ? normOfExponent(exponent(k, x, y)) : 1; }
    static bool lateBand(int k) {      // of bands 3 to 6
        static const std::array<bool, 64> late = [] {
            std::array<bool, 64> result{};
            for (int i = B8[2]; i < 64; i++) result[static_cast<size_t>(ORDER8[i])] = true;
            return result;
        }();
        return late[static_cast<size_t>(k)];
    }
    void setWeights(const Weights& w) {
        weighted = w.weighted;
        planeExponent[0] = -w.plane0;
        for (int k = 1; k < 64; k++) {
            const int d = k / 8 + k % 8 - 1;
            planeExponent[k] = role == 0 ? (d * w.luma) >> 3 : w.chroma + ((d * w.chromaRise) >> 3);
        }
    }
};

// 12.2 and A.2: contexts of layout `block`.
struct BlockContexts {
    Contexts rows, code, map;
    Context& row(int r, int level) { return rows[static_cast<size_t>(r * 32 + level)]; }
    BlockContexts() : code(18 * 64) {
        for (int r = 0; r < 88; r++) {
            const int curve = r < 84 ? r : 12 + (r & 1);      // 84, 86 as 12; 85, 87 as 13
            for (int level = 0; level < 32; level++) rows.emplace_back(prior(CURVES[curve][0], CURVES[curve][1], level));
        }
        for (int i = 0; i < 810; i++) {      // 13.11: compare(b) and compare(o) are part of the index
            const int o = i % 3, b = i / 3 % 3;
            map.emplace_back(1 + 8 * b * b + 16 * o * o);
        }
    }
    static int prior(int o, int s, int level) {
        const int64_t t = o + ((level * (level + 4 * s)) >> 5);
        const int p = static_cast<int>(root(16129 * t * t / (64 + t * t)));
        return t < 0 ? 128 - p : 128 + p;
    }
};

// 13.1
struct Rotation {
    int i, j, n;
};
struct Term {
    int channel, plane, dx, dy, weight;
};
struct Predictor {
    int trust = 0;
    std::vector<Term> terms;
};
struct Basis {
    int precision = 0;
    std::vector<Rotation> rotations;
    Predictor predictors[64];
};
inline Basis readBasis(RangeDecoder& d, Contexts& symbols, int c, int channels) {
    const auto symbol = [&](int kind) {
        int node = 1;
        while (node < 64) node = 2 * node + d.read(symbols[static_cast<size_t>(kind * 64 + node)]);
        return node - 64;
    };
    Basis basis;
    if (d.even(1) == 0) return basis;
    basis.precision = static_cast<int>(d.even(4));
    int i = 0, j = 0;
    for (uint32_t count = d.even(11); count > 0; count--) {
        i = (i + symbol(0)) & 63;
        j = (j + symbol(1)) & 63;
        if (j == i) j ^= 1;
        const int n = static_cast<int>(d.even(basis.precision + 1)) - (1 << basis.precision);
        basis.rotations.push_back({i, j, n});
    }
    for (int k = 1; k < 64; k++) {
        const int terms = symbol(2);
        if (terms == 0) continue;
        basis.predictors[k].trust = symbol(3);
        for (int t = 0; t < terms; t++) {
            Term term;
            term.channel = (c + symbol(4)) % channels;
            term.plane = (k + symbol(5)) & 63;
            const int lag = symbol(6);
            term.dx = (lag & 3) - 2;
            term.dy = ((lag >> 2) & 3) - 2;
            term.weight = symbol(7) - 32;
            basis.predictors[k].terms.push_back(term);
        }
    }
    return basis;
}

// 13.6
inline int64_t cut(int64_t a) { return clampTo(-2047, a, 2047); }
inline void startRegression(const Grid& from, const Grid& to, std::vector<int32_t>& xx, std::vector<int32_t>& xy) {
    to.each([&](int x, int y) {
        const int64_t X = from.Q(x, y, 0), Y = to.Q(x, y, 0);
        const int64_t dx1 = cut(from.Q(x + 1, y, 0) - X), dx2 = cut(from.Q(x, y + 1, 0) - X);
        const int64_t dy1 = cut(to.Q(x + 1, y, 0) - Y), dy2 = cut(to.Q(x, y + 1, 0) - Y);
        xx[to.index(x, y)] = static_cast<int32_t>((dx1 * dx1 + dx2 * dx2) >> 2);
        xy[to.index(x, y)] = static_cast<int32_t>((dx1 * dy1 + dx2 * dy2) >> 2);
    });
}
inline void startRegressions(Grid& grid) {
    if (grid.luma) startRegression(*grid.luma, grid, grid.sxx, grid.sxy);
    if (grid.chroma) startRegression(*grid.chroma, grid, grid.txx, grid.txy);
}
inline void updateRegressions(Grid& grid, int x, int y, int k) {
    const size_t C = grid.index(x, y);
    const int64_t Y = cut(grid.Q(x, y, k));
    if (grid.luma) {
        const int64_t X = cut(grid.luma->Q(x, y, k));
        grid.sxx[C] = wrap32(grid.sxx[C] + X * X);
        grid.sxy[C] = wrap32(grid.sxy[C] + X * Y);
    }
    if (grid.chroma) {
        const int64_t X = cut(grid.chroma->Q(x, y, k));
        grid.txx[C] = wrap32(grid.txx[C] + X * X);
        grid.txy[C] = wrap32(grid.txy[C] + X * Y);
    }
}

// 13.7: levels.
inline int levelOf(int64_t s, int b) {
    const int64_t x = (std::max<int64_t>(s, 0) >> 5) + 5;
    const int c = top(static_cast<uint64_t>(x));
    const int64_t shifted = c < b ? 0 : x >> (c - b);
    return static_cast<int>(clampTo(0, (int64_t{c} << b) + shifted - (int64_t{1} << (2 * b)), 31));
}
inline int flagLevel(int64_t s) { return levelOf(s, 2); }
inline int sizeLevel(int64_t s) { return levelOf(s, 3); }
inline int signLevel(int64_t mean, int64_t s) {
    const int64_t e = std::min<int64_t>(std::abs(s), 1 << 20) >> 6;
    const int64_t w = e * e + 19661;
    return static_cast<int>(std::min<int64_t>(10, (768 * std::abs(mean) + w) / (2 * w)));
}

// 13.9
inline int64_t project(const Grid& g, const std::vector<int32_t>& XX, const std::vector<int32_t>& XY, int x, int y, int64_t a) {
    const auto sum = [&](const std::vector<int32_t>& v) {
        return 2 * g.at(v, x, y) + g.at(v, x - 1, y) + g.at(v, x + 1, y) + g.at(v, x, y - 1) + g.at(v, x, y + 1);
    };
    const int64_t xx = sum(XX), xy = sum(XY);
    return floorDiv(2 * xy * cut(a) + xx + 8, 2 * xx + 16);
}
inline int64_t signedMean(const Grid& g, int x, int y, int k, const Predictor* predictor, const std::vector<Grid>& channels) {
    int64_t mean = 0;
    if (predictor) {
        for (const Term& t : predictor->terms)
            mean += t.weight * channels[static_cast<size_t>(t.channel)].Q(x + t.dx, y + t.dy, t.plane);
        return 16 * mean;
    }
    const int u = k / g.n, v = k % g.n, d = u + v;
    if (g.role == 0 && d > 4) return 0;
    const int* w = MEAN_WEIGHTS[g.thumb ? 4 + std::min(d, 3) : std::min(d, 5) - 1];
    if (d <= 4) {
        mean += w[v & 1] * g.Q(x - 1, y, k) + w[u & 1] * g.Q(x, y - 1, k);
        if (v > 0) mean += w[2 + (v & 1)] * (g.Q(x + 1, y, k - 1) - g.Q(x - 1, y, k - 1));
        if (u > 0) mean += w[2 + (u & 1)] * (g.Q(x, y + 1, k - g.n) - g.Q(x, y - 1, k - g.n));
    }
    if (g.luma) {
        const int64_t a = g.luma->Q(x, y, k);
        if (a != 0) mean += w[4] * project(g, g.sxx, g.sxy, x, y, a);
    }
    if (g.chroma) {
        const int64_t b = g.chroma->Q(x, y, k);
        if (b != 0) mean += w[4] * project(g, g.txx, g.txy, x, y, b);
    }
    return mean;
}

// 13.7: planes near a plane, -1 for none.
struct Near {
    int left, up, upLeft, left2, up2, diagonal;
    Near(int k, int n) {
        const int u = k / n, v = k % n;
        const auto plane = [n](int i, int j) { return i < 0 || j < 0 || i + j == 0 ? -1 : i * n + j; };
        left = plane(u, v - 1);
        up = plane(u - 1, v);
        upLeft = plane(u - 1, v - 1);
        left2 = plane(u, v - 2);
        up2 = plane(u - 2, v);
        diagonal = u > v ? plane(u - 1, v + 1) : u < v ? plane(u + 1, v - 1) : -1;
    }
};

// 13.7: the row of EXPECTATION_WEIGHTS of a plane.
struct Expectation {
    int w[19];
    Expectation(int type, int u, int v) {
        const int d = u + v;
        const int r = d <= 5 ? (((d + 1) * (d + 1)) >> 2) - 1 + std::min(u, v) : d <= 8 ? 11 : 12;
        std::copy_n(EXPECTATION_WEIGHTS[type * 13 + r], 19, w);
        if (u > v) std::swap(w[0], w[1]), std::swap(w[5], w[6]);
    }
};

// 13.10: the features times their weights.
inline int64_t weightedFeatures(const Grid& g, int x, int y, int k, const Near& p, int64_t mean, const int* w) {
    const auto M = [&](int dx, int dy, int j) { return g.M(x + dx, y + dy, j); };
    const auto es = [&](int j) { return M(1, 0, j) + M(0, 1, j); };
    const auto wn = [&](int j) { return M(-1, 0, j) + M(0, -1, j); };
    const int64_t f[19] = {
        M(-1, 0, k),
        M(0, -1, k),
        M(-1, -1, k),
        M(1, -1, k),
        M(-2, 0, k) + M(0, -2, k),
        M(0, 0, p.left),
        M(0, 0, p.up),
        M(0, 0, p.upLeft),
        M(0, 0, p.left2) + M(0, 0, p.up2),
        M(0, 0, p.diagonal),
        es(p.left) + es(p.up),
        wn(p.left) + wn(p.up),
        es(p.upLeft) + wn(p.upLeft) + es(p.diagonal),
        g.a[g.index(x, y)],
        g.at(g.a, x - 1, y) + g.at(g.a, x, y - 1),
        g.luma ? g.luma->M(x, y, k) : 0,
        root(std::min<int64_t>(std::abs(mean) >> 2, 4095)),
        16,
        std::max(M(0, 0, p.left), M(0, 0, p.up)),
    };
    int64_t sum = 0;
    for (int i = 0; i < 19; i++) sum += f[i] * w[i];
    return sum;
}

// 13.11: the class of a coefficient.
inline int classOf(const Grid& g, int x, int y, int k) {
    if (g.thumb || k == 0) return 0;
    if (k < 8) return (g.R(x, y, 0) + 7) / 8;          // planes (0, v): runs along columns
    if (k % 8 == 0) return (g.R(x, y, 1) + 7) / 8;     // planes (u, 0): runs along rows
    return 0;
}

// 13.7. `channels` are what predictors look at.
inline void readPlane(RangeDecoder& d, BlockContexts& contexts, Grid& g, int k, const Basis* basis, const std::vector<Grid>& channels) {
    const int u = k / g.n, v = k % g.n;
    const int type = (g.role > 0 ? 1 : 0) + (g.thumb ? 2 : 0);
    const int gain = type == 0 ? 27 : type == 1 ? 73 : 0;
    const int signRow = 48 + ((g.thumb ? 1 : 0) * 3 + g.role) * 6 + std::min(u + v, 5);
    const Near near(k, g.n);
    const Expectation expectation(type, u, v);
    const Predictor* predictor = basis && !basis->predictors[k].terms.empty() ? &basis->predictors[k] : nullptr;
    g.each([&](int x, int y) {
        const size_t C = g.index(x, y);
        if (!g.l[C]) return;
        const int64_t mean = signedMean(g, x, y, k, predictor, channels);
        const int64_t features = weightedFeatures(g, x, y, k, near, mean, expectation.w);
        const int64_t sum = g.weighted ? static_cast<int64_t>(std::trunc(g.norm(k, x, y) * static_cast<double>(features))) : features;
        const auto trusting = [&](int64_t s) {
            return predictor ? s + ((predictor->trust * (16 * std::min<int64_t>(std::abs(mean), 16384) - s)) >> 6) : s;
        };
        const int cls = classOf(g, x, y, k);
        const int notZeroRow = cls == 0 ? 12 + type : (cls == 1 ? 84 : 86) + type;
        if (d.read(contexts.row(notZeroRow, flagLevel(trusting(sum))))) {
            const int size = sizeLevel(trusting(sum) + static_cast<int64_t>(gain) * g.a[C]);
            const int certainty = signLevel(mean, sum);
            bool negative;
            if (certainty == 0) negative = d.even(1) == 1;
            else negative = (d.read(contexts.row(signRow, certainty)) == 1) != (mean < 0);
            int64_t value = 1;
            while (value <= 14 && d.read(contexts.row(16 + type * 8 + static_cast<int>(std::min<int64_t>(value, 8)) - 1, size))) value++;
            if (value == 15) value += d.escape(contexts.code, 17 * 64, 1);
            const int32_t q = wrap32(negative ? -2 * value : 2 * value);
            g.qAt(x, y, k) = q;
            g.mAt(x, y, k) = compand(q, g.S(k, x, y));
        }
        if (g.role > 0) updateRegressions(g, x, y, k);
        g.a[C] = ((g.a[C] * 218) >> 8) + g.mAt(x, y, k);
    });
}

// 13.4
inline void readPlaneZero(RangeDecoder& d, BlockContexts& contexts, Grid& g) {
    g.each([&](int x, int y) {
        const auto steps = [&](int i, int j) -> int64_t { return g.inside(i, j) ? g.Q(i, j, 0) >> 1 : 0; };
        const int64_t w = steps(x - 1, y), n = steps(x, y - 1), nw = steps(x - 1, y - 1), ne = steps(x + 1, y - 1);
        const int64_t around = std::abs(w - nw) + std::abs(n - nw) + std::abs(n - ne);
        const int set = std::min(16, (digits(static_cast<uint64_t>(around)) + 1) / 2);
        const int64_t prediction = (3 * w + 3 * n - 2 * nw + 2) >> 2;
        g.qAt(x, y, 0) = wrap32(2 * (prediction + d.signedCode(contexts.code, static_cast<size_t>(set) * 64)));
    });
    startRegressions(g);
}

// 13.8
inline void readAlive(RangeDecoder& d, BlockContexts& contexts, Grid& g, int b) {
    const int* w = ALIVE_WEIGHTS[b - 1];
    const int k = ORDER8[B8[b - 1]], row = (g.role > 0 ? 6 : 0) + b - 1;
    g.each([&](int x, int y) { g.g[g.index(x, y)] = 0; });
    g.each([&](int x, int y) {
        const size_t C = g.index(x, y);
        if (!g.l[C]) return;
        const int64_t f[7] = {
            g.a[C],
            g.at(g.a, x + 1, y) + g.at(g.a, x, y + 1),
            16 * (g.at(g.g, x - 1, y) + g.at(g.g, x, y - 1)),
            16 * (g.at(g.g, x - 1, y - 1) + g.at(g.g, x + 1, y - 1)),
            16,
            g.luma ? 16 * g.luma->l[C] : 0,
            g.luma ? g.luma->a[C] : 0,
        };
        int64_t sum = 0;
        for (int i = 0; i < 7; i++) sum += f[i] * w[i];
        if (g.weighted) sum = static_cast<int64_t>(std::trunc(g.norm(k, x, y) * static_cast<double>(sum)));
        g.g[C] = static_cast<uint8_t>(d.read(contexts.row(row, flagLevel(sum))));
        if (!g.g[C]) g.a[C] = 0;
    });
    g.each([&](int x, int y) {
        const size_t C = g.index(x, y);
        g.l[C] = g.g[C];
        if (b == 1) g.coded[C] = g.g[C];
    });
}
