// Section 16: layout `channel`.
#pragma once
#include "transform.hpp"

// 16.2: the memory of a side.
struct Side {
    std::vector<int64_t> O;
};

// 16.4. The result holds the coefficients.
inline std::vector<int64_t> readColumn(RangeDecoder& d, Contexts& contexts, Side& side) {
    const int64_t n = static_cast<int64_t>(side.O.size());
    std::vector<int64_t> coefficients, M(side.O.size(), 0);
    const auto at = [n](const std::vector<int64_t>& v, int64_t i) { return i >= 0 && i < n ? v[static_cast<size_t>(i)] : 0; };
    for (int64_t i = 0; i < n; i++) {
        const int64_t sum = 3 * at(M, i - 1) + 2 * at(M, i - 2) + 3 * at(M, i / 2) +
                            ((2 * at(side.O, i - 1) + 8 * at(side.O, i) + 2 * at(side.O, i + 1)) >> 4);
        const int level = digits(static_cast<uint64_t>(sum * sum));
        const int64_t c = d.signedCode(contexts, static_cast<size_t>(level) * 64);
        coefficients.push_back(c);
        M[static_cast<size_t>(i)] = std::min<int64_t>(std::abs(c), 255);
    }
    for (size_t i = 0; i < side.O.size(); i++) side.O[i] = (13 * side.O[i] + 48 * M[i]) >> 4;
    return coefficients;
}

// 16.5
inline void synthesise(std::vector<double>& x, int n) {
    if (n < 2) return;
    const int h = ceilDiv(n, 2);
    synthesise(x, h);
    const std::vector<double> b(x.begin(), x.begin() + n);
    const auto at = [](auto& v, int i) -> auto& { return v[static_cast<size_t>(i)]; };
    const double S = 1.149604;
    for (int i = 0; i < n; i++) at(x, i) = i % 2 == 0 ? at(b, i / 2) / S : at(b, h + (i - 1) / 2) * S;
    const auto lift = [&](int first, double w) {
        for (int i = first; i < n; i += 2) {
            const double l = i == 0 ? at(x, 1) : at(x, i - 1);
            const double r = i + 1 == n ? at(x, i - 1) : at(x, i + 1);
            at(x, i) = at(x, i) + w * (l + r);
        }
    };
    lift(0, -0.443507);
    lift(1, -0.882911);
    lift(0, 0.05298);
    lift(1, 1.586134);
}

// The steps of the layers that are decoded, and 16.6 to 16.8.
inline std::vector<Channel> decodeColumns(Opened& o) {
    const Header& h = o.header;
    const int width = h.width, height = h.height;
    Contexts contexts(1664);
    std::vector<Side> left(static_cast<size_t>(h.channels), Side{std::vector<int64_t>(static_cast<size_t>(height), 0)});
    std::vector<Side> right(static_cast<size_t>(h.channels), Side{std::vector<int64_t>(static_cast<size_t>(width), 0)});
    std::vector<Channel> channels(static_cast<size_t>(h.channels), Channel{width, height, std::vector<double>(static_cast<size_t>(h.pixels()), 0)});
    const double D = h.D();
    for (int64_t i = 0; i < o.steps; i++) {
        const Step& step = h.schedule[static_cast<size_t>(i)];
        const size_t c = static_cast<size_t>(step.channel);
        const std::vector<int64_t> leftColumn = readColumn(o.stream, contexts, left[c]);
        if (std::all_of(leftColumn.begin(), leftColumn.end(), [](int64_t v) { return v == 0; })) continue;
        const std::vector<int64_t> rightColumn = readColumn(o.stream, contexts, right[c]);
        if (step.band > o.rank) continue;
        std::vector<double> u(leftColumn.begin(), leftColumn.end()), v(rightColumn.begin(), rightColumn.end());
        synthesise(u, height);
        double s = 0;
        for (double x : u) s = s + x * x;
        const double length = std::sqrt(s);
        for (double& x : u) x = (x / length) * D;
        synthesise(v, width);
        Channel& X = channels[c];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++) X.at(x, y) = single(X.at(x, y) + u[static_cast<size_t>(y)] * v[static_cast<size_t>(x)]);
    }
    return channels;
}
