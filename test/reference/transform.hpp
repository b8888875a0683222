// Sections 14 and 15: from planes to channels, and from channels to samples.
#pragma once
#include "runs.hpp"

// A channel: `width` by `height` samples, row after row. In layout `block` these are whole blocks of 8.
struct Channel {
    int width = 0, height = 0;
    std::vector<double> v;
    double& at(int x, int y) { return v[static_cast<size_t>(y) * static_cast<size_t>(width) + static_cast<size_t>(x)]; }
    double at(int x, int y) const { return v[static_cast<size_t>(y) * static_cast<size_t>(width) + static_cast<size_t>(x)]; }
};
struct Raster {
    int width = 0, height = 0, channels = 0, bitDepth = 8;
    std::vector<uint16_t> samples;
    uint16_t& at(int x, int y, int k) {
        return samples[(static_cast<size_t>(y) * static_cast<size_t>(width) + static_cast<size_t>(x)) * static_cast<size_t>(channels) + static_cast<size_t>(k)];
    }
    Bytes bytes() const {
        Bytes result;
        for (uint16_t s : samples) {
            result.push_back(static_cast<uint8_t>(s & 255));
            if (bitDepth == 16) result.push_back(static_cast<uint8_t>(s >> 8));
        }
        return result;
    }
};

// 14.1: plane 0 of a channel of cols by rows positions, from plane 0's level. Integers of 64 bits; they are kept without a
// sign so that damaged files wrap around.
using U64 = uint64_t;
inline U64 u64(int64_t v) { return static_cast<U64>(v); }
inline U64 round20(U64 a) { return u64(static_cast<int64_t>(a + 524288) >> 20); }
inline void invertLine(std::vector<U64>& line) {
    for (size_t i = 0; i + 4 <= line.size(); i += 4) {
        const U64 x0 = line[i], x1 = line[i + 1], x2 = line[i + 2], x3 = line[i + 3];
        const U64 e = 524288 * (x0 + x2), p = 685015 * x1 + 283743 * x3;
        const U64 f = 524288 * (x0 - x2), q = 283743 * x1 - 685015 * x3;
        line[i] = round20(e + p), line[i + 1] = round20(f + q), line[i + 2] = round20(f - q), line[i + 3] = round20(e - p);
    }
    for (size_t i = 2; i + 2 < line.size(); i += 4) {
        const U64 x0 = line[i], x1 = line[i + 1], x2 = line[i + 2], x3 = line[i + 3];
        const U64 e = 524288 * (x0 + x3), p = u64(OVERLAP4[0][0]) * (x0 - x3) + u64(OVERLAP4[0][1]) * (x1 - x2);
        const U64 f = 524288 * (x1 + x2), q = u64(OVERLAP4[1][0]) * (x0 - x3) + u64(OVERLAP4[1][1]) * (x1 - x2);
        line[i] = round20(e + p), line[i + 1] = round20(f + q), line[i + 2] = round20(f - q), line[i + 3] = round20(e - p);
    }
}
inline std::vector<int64_t> planeZero(const Grid& level, int cols, int rows) {
    const size_t width = static_cast<size_t>(level.cols) * 4, height = static_cast<size_t>(level.rows) * 4;
    std::vector<U64> picture(width * height);
    for (int b = 0; b < level.rows; b++)
        for (int a = 0; a < level.cols; a++)
            for (int u = 0; u < 4; u++)
                for (int v = 0; v < 4; v++)
                    picture[static_cast<size_t>(4 * b + u) * width + static_cast<size_t>(4 * a + v)] =
                        round20(256 * u64(level.Q(a, b, u * 4 + v)) * u64(GAINS4[u]) * u64(GAINS4[v]));
    std::vector<U64> line(height);
    for (size_t x = 0; x < width; x++) {
        for (size_t y = 0; y < height; y++) line[y] = picture[y * width + x];
        invertLine(line);
        for (size_t y = 0; y < height; y++) picture[y * width + x] = line[y];
    }
    line.resize(width);
    for (size_t y = 0; y < height; y++) {
        std::copy_n(picture.begin() + static_cast<std::ptrdiff_t>(y * width), width, line.begin());
        invertLine(line);
        std::copy_n(line.begin(), width, picture.begin() + static_cast<std::ptrdiff_t>(y * width));
    }
    std::vector<int64_t> P;
    for (size_t y = 0; y < static_cast<size_t>(rows); y++)
        for (size_t x = 0; x < static_cast<size_t>(cols); x++) P.push_back(static_cast<int64_t>(picture[y * width + x]));
    return P;
}

inline double normOfPlane(int k) { return NORMS8[k / 8] * NORMS8[k % 8]; }

// 14.3: eight numbers, `step` apart.
inline void inverse8(double* x, size_t step) {
    const double C1 = DCT[0], C2 = DCT[1], C3 = DCT[2], C4 = DCT[3], C5 = DCT[4], C6 = DCT[5], C7 = DCT[6];
    const double x0 = x[0], x1 = x[step], x2 = x[2 * step], x3 = x[3 * step], x4 = x[4 * step], x5 = x[5 * step], x6 = x[6 * step],
                 x7 = x[7 * step];
    const double a = (x0 + x4) * C4, b = (x0 - x4) * C4;
    const double c = x2 * C2 + x6 * C6, d = x2 * C6 - x6 * C2;
    const double e0 = a + c, e1 = b + d, e2 = b - d, e3 = a - c;
    const double o0 = x1 * C1 + x3 * C3 + x5 * C5 + x7 * C7;
    const double o1 = x1 * C3 - x3 * C7 - x5 * C1 - x7 * C5;
    const double o2 = x1 * C5 - x3 * C1 + x5 * C7 + x7 * C3;
    const double o3 = x1 * C7 - x3 * C5 + x5 * C3 - x7 * C1;
    x[0] = e0 + o0, x[step] = e1 + o1, x[2 * step] = e2 + o2, x[3 * step] = e3 + o3;
    x[4 * step] = e3 - o3, x[5 * step] = e2 - o2, x[6 * step] = e1 - o1, x[7 * step] = e0 - o0;
}
inline void inverseBlock(double* x, Channel& channel, int blockX, int blockY) {
    for (size_t u = 0; u < 8; u++) inverse8(x + u * 8, 1);
    for (size_t v = 0; v < 8; v++) inverse8(x + v, 8);
    for (int i = 0; i < 8; i++)
        for (int j = 0; j < 8; j++) channel.at(blockX * 8 + j, blockY * 8 + i) = single(x[i * 8 + j]);
}

// 14.4: the filter of one border; 20.2 uses it as well.
inline void overlapBorder(double* first, size_t step, const double (&w)[4][4]) {
    double s[4], d[4];
    for (size_t i = 0; i < 4; i++) {
        const double g = first[i * step], h = first[(7 - i) * step];
        s[i] = g + h;
        d[i] = g - h;
    }
    for (size_t i = 0; i < 4; i++) {
        const double f = w[i][0] * d[0] + w[i][1] * d[1] + w[i][2] * d[2] + w[i][3] * d[3];
        first[i * step] = single((s[i] + f) * 0.5);
        first[(7 - i) * step] = single((s[i] - f) * 0.5);
    }
}
inline void overlapHorizontalBorders(Channel& c, const double (&w)[4][4]) {
    for (int y = 8; y < c.height; y += 8)
        for (int x = 0; x < c.width; x++) overlapBorder(&c.at(x, y - 4), static_cast<size_t>(c.width), w);
}
inline void overlapVerticalBorders(Channel& c, const double (&w)[4][4]) {
    for (int x = 8; x < c.width; x += 8)
        for (int y = 0; y < c.height; y++) overlapBorder(&c.at(x - 4, y), 1, w);
}

// 14.5: a block of half the size, and its overlap.
inline void inverseHalfBlock(const double* x, Channel& channel, int blockX, int blockY) {
    double z[64] = {};
    for (int u = 0; u < 4; u++)
        for (int v = 0; v < 4; v++) z[2 * u * 8 + 2 * v] = x[u * 8 + v];
    Channel whole{8, 8, std::vector<double>(64)};
    inverseBlock(z, whole, 0, 0);
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < 4; j++) channel.at(blockX * 4 + j, blockY * 4 + i) = whole.at(j, i);
}
inline void overlapHalfBorder(double* g, size_t step) {
    const double s2 = g[2 * step] + g[5 * step], d2 = g[2 * step] - g[5 * step];
    const double s3 = g[3 * step] + g[4 * step], d3 = g[3 * step] - g[4 * step];
    const double f2 = 0.815 * d2 + 0.249 * d3, f3 = -0.161 * d2 + 0.643 * d3;
    g[2 * step] = single((s2 + f2) * 0.5), g[5 * step] = single((s2 - f2) * 0.5);
    g[3 * step] = single((s3 + f3) * 0.5), g[4 * step] = single((s3 - f3) * 0.5);
}
inline void overlapHalf(Channel& c) {
    for (int y = 4; y < c.height; y += 4)
        for (int x = 0; x < c.width; x++) overlapHalfBorder(&c.at(x, y - 4), static_cast<size_t>(c.width));
    for (int x = 4; x < c.width; x += 4)
        for (int y = 0; y < c.height; y++) overlapHalfBorder(&c.at(x - 4, y), 1);
}
inline Raster means(Raster& raster, int m) {
    Raster result{ceilDiv(raster.width, m), ceilDiv(raster.height, m), raster.channels, raster.bitDepth, {}};
    for (int y = 0; y < result.height; y++)
        for (int x = 0; x < result.width; x++)
            for (int k = 0; k < raster.channels; k++) {
                int64_t sum = 0;
                for (int j = 0; j < m; j++)
                    for (int i = 0; i < m; i++) sum += raster.at(std::min(x * m + i, raster.width - 1), std::min(y * m + j, raster.height - 1), k);
                result.samples.push_back(static_cast<uint16_t>((2 * sum + m * m) / (2 * m * m)));
            }
    return result;
}

// 14.2 to 14.4, of the positions that are kept; with `side` 4 by 14.5. P is that of all positions of the picture.
inline Channel blocksToChannel(const Grid& g, const std::vector<int64_t>& P, const Basis& basis, int rank, double D, int side) {
    const std::vector<double> W = rowWeights(g);
    bool keep[64] = {};
    for (int i = 0; i < rank && i < 64; i++) keep[ORDER8[i]] = true;
    const double unit = D * 0.5, four = std::ldexp(1.0, 2 * basis.precision), two = std::ldexp(1.0, basis.precision);
    Channel channel{g.cols * side, g.rows * side, {}};
    channel.v.resize(static_cast<size_t>(channel.width) * static_cast<size_t>(channel.height));
    for (int y = 0; y < g.rows; y++)
        for (int x = 0; x < g.cols; x++) {
            const size_t C = g.index(x, y);
            const double p = static_cast<double>(P[g.wholeIndex(x, y)]) / 256;
            double b[64];
            const auto weight = [&](int k) { return keep[k] ? W[static_cast<size_t>(k) * g.positions() + C] : 0; };
            if (basis.rotations.empty()) {
                b[0] = p * (unit / normOfPlane(0)) * g.S(0, x, y);
                for (int k = 1; k < 64; k++) b[k] = weight(k) * (unit / normOfPlane(k)) * g.S(k, x, y);
            } else {
                b[0] = p * g.S(0, x, y);
                for (int k = 1; k < 64; k++) b[k] = weight(k) * g.S(k, x, y);
                for (auto r = basis.rotations.rbegin(); r != basis.rotations.rend(); ++r) {
                    const double n = r->n, norm = four + n * n;
                    const double c = (four - n * n) / norm, s = (2 * n * two) / norm;
                    const double i = b[r->i], j = b[r->j];
                    b[r->i] = c * i - s * j;
                    b[r->j] = s * i + c * j;
                }
                for (int k = 0; k < 64; k++) b[k] = b[k] * (unit / normOfPlane(k));
            }
            if (side == 4) inverseHalfBlock(b, channel, x, y);
            else inverseBlock(b, channel, x, y);
        }
    if (side == 4) {
        overlapHalf(channel);
    } else {
        overlapHorizontalBorders(channel, OVERLAP8);
        overlapVerticalBorders(channel, OVERLAP8);
    }
    return channel;
}

// 15
struct ColourBasis {
    double T[3][3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    ColourBasis(const int (&colour)[3], bool weighted) {
        constexpr int origin[3] = {-212, -163, 137}, turns[3][2] = {{0, 1}, {0, 2}, {1, 2}};
        const double four = 262144, two = 512;      // p = 9
        for (int k = 0; k < 3; k++) {
            const double n = colour[k] + origin[k], norm = four + n * n;
            const double c = (four - n * n) / norm, s = (2 * n * two) / norm;
            const int i = turns[k][0], j = turns[k][1];
            for (int m = 0; m < 3; m++) {
                const double a = T[i][m], b = T[j][m];
                T[i][m] = c * a - s * b;
                T[j][m] = s * a + c * b;
            }
        }
        if (!weighted) return;
        double L[3];
        for (int i = 0; i < 3; i++) L[i] = 0.299 * T[i][0] + 0.587 * T[i][1] + 0.114 * T[i][2];
        for (int i = 1; i < 3; i++)
            for (int m = 0; m < 3; m++) T[i][m] = T[i][m] - (L[i] / L[0]) * T[0][m];
    }
};
inline uint16_t sampleOf(double v, int bitDepth) {
    const double peak = bitDepth == 16 ? 65535 : 255;
    const double s = std::floor(v);
    return static_cast<uint16_t>(!(s > 0) ? 0 : s > peak ? peak : s);
}
// The pixels of `area`.
inline Raster toSamples(const std::vector<Channel>& channels, const ColourBasis& basis, const Rectangle& area, int bitDepth) {
    Raster raster{area.width, area.height, static_cast<int>(channels.size()), bitDepth, {}};
    const double scale = bitDepth == 16 ? 257 : 1, half = 128 * scale + 0.5;
    double M[3][3];
    for (int i = 0; i < 3; i++)
        for (int m = 0; m < 3; m++) M[i][m] = basis.T[i][m] * scale;
    for (int y = area.y; y < area.y + area.height; y++)
        for (int x = area.x; x < area.x + area.width; x++) {
            size_t c = 0;
            if (channels.size() >= 3) {
                const double c0 = channels[0].at(x, y), c1 = channels[1].at(x, y), c2 = channels[2].at(x, y);
                for (int m = 0; m < 3; m++) raster.samples.push_back(sampleOf(M[0][m] * c0 + M[1][m] * c1 + M[2][m] * c2 + half, bitDepth));
                c = 3;
            }
            for (; c < channels.size(); c++) raster.samples.push_back(sampleOf(channels[c].at(x, y) * scale + half, bitDepth));
        }
    return raster;
}
