// Section 20: sequences.
#pragma once
#include "picture.hpp"

struct SequenceHeader {
    Header plain;      // channels, bit depth, width, height, extensions
    int64_t frames = 0, loops = 0;
    double D = 0;
    std::vector<int64_t> durations;
    std::vector<std::vector<int>> gains;      // of each factor, of each frame
    std::vector<int64_t> bytes;               // of the picture of each factor
};

// 20.1: the header. Result: where the first picture begins.
inline size_t readSequenceHeader(const Bytes& bytes, SequenceHeader& s) {
    s.plain = readPlainHeader(bytes, 1);
    HeaderReader r(bytes, 12);
    s.frames = std::min<int64_t>(r.ae(6) + 1, 1048576);
    s.loops = std::min<int64_t>(r.ae(1), 65535);
    s.D = Header::stepOfCode(r.u(12));
    const int factors = r.u(3) + 1;
    const int64_t durations = r.u(1) ? s.frames : 1;
    for (int64_t t = 0; t < durations; t++) s.durations.push_back(std::min<int64_t>(r.ae(11), 360000000));
    for (int k = 0; k < factors; k++) {
        s.gains.emplace_back();
        if (r.u(1))
            for (int64_t t = 0; t < s.frames; t++) s.gains.back().push_back(r.u(14) - 8192);
    }
    for (int k = 0; k < factors; k++) s.bytes.push_back(r.ae(10) + 1);
    return endHeader(bytes, r, s.plain);
}

using Coefficients = std::vector<double>;      // of a channel: plane after plane of each block, block * 64 + k

// 20.2: forward transform.
inline void forward8(double* y, size_t step) {
    const double C1 = DCT[0], C2 = DCT[1], C3 = DCT[2], C4 = DCT[3], C5 = DCT[4], C6 = DCT[5], C7 = DCT[6];
    const double e0 = y[0] + y[7 * step], e1 = y[step] + y[6 * step], e2 = y[2 * step] + y[5 * step], e3 = y[3 * step] + y[4 * step];
    const double o0 = y[0] - y[7 * step], o1 = y[step] - y[6 * step], o2 = y[2 * step] - y[5 * step], o3 = y[3 * step] - y[4 * step];
    y[0] = (e0 + e1 + e2 + e3) * C4;
    y[4 * step] = (e0 - e1 - e2 + e3) * C4;
    y[2 * step] = (e0 - e3) * C2 + (e1 - e2) * C6;
    y[6 * step] = (e0 - e3) * C6 - (e1 - e2) * C2;
    y[step] = o0 * C1 + o1 * C3 + o2 * C5 + o3 * C7;
    y[3 * step] = o0 * C3 - o1 * C7 - o2 * C1 - o3 * C5;
    y[5 * step] = o0 * C5 - o1 * C1 + o2 * C7 + o3 * C3;
    y[7 * step] = o0 * C7 - o1 * C5 + o2 * C3 - o3 * C1;
}
inline std::vector<Coefficients> forward(const Raster& raster, const ColourBasis& basis) {
    const int cols = ceilDiv(raster.width, 8), rows = ceilDiv(raster.height, 8);
    const double scale = 255 / (raster.bitDepth == 16 ? 65535.0 : 255.0);
    std::vector<Coefficients> result;
    for (int c = 0; c < raster.channels; c++) {
        Channel channel{cols * 8, rows * 8, {}};
        channel.v.resize(static_cast<size_t>(channel.width) * static_cast<size_t>(channel.height));
        for (int y = 0; y < channel.height; y++)
            for (int x = 0; x < channel.width; x++) {
                const size_t pixel = static_cast<size_t>(std::min(y, raster.height - 1)) * static_cast<size_t>(raster.width) +
                                     static_cast<size_t>(std::min(x, raster.width - 1));
                const auto sample = [&](int k) {
                    return raster.samples[pixel * static_cast<size_t>(raster.channels) + static_cast<size_t>(k)] * scale - 128;
                };
                const double* T = c < 3 ? basis.T[c] : nullptr;
                channel.at(x, y) = raster.channels >= 3 && T ? single(T[0] * sample(0) + T[1] * sample(1) + T[2] * sample(2)) : single(sample(c));
            }
        overlapHorizontalBorders(channel, LAP8);
        overlapVerticalBorders(channel, LAP8);
        Coefficients coefficients(static_cast<size_t>(cols) * static_cast<size_t>(rows) * 64);
        for (int by = 0; by < rows; by++)
            for (int bx = 0; bx < cols; bx++) {
                double block[64];
                for (int i = 0; i < 64; i++) block[i] = channel.at(bx * 8 + i % 8, by * 8 + i / 8);
                for (size_t i = 0; i < 8; i++) forward8(block + i * 8, 1);
                for (size_t i = 0; i < 8; i++) forward8(block + i, 8);
                const size_t C = static_cast<size_t>(by) * static_cast<size_t>(cols) + static_cast<size_t>(bx);
                for (int k = 0; k < 64; k++) coefficients[C * 64 + static_cast<size_t>(k)] = single(block[k] * normOfPlane(k));
            }
        result.push_back(std::move(coefficients));
    }
    return result;
}

// 20.4
class FrameReader {
public:
    FrameReader(const Header& h, double D)
        : h_(h), D_(D), cols_(ceilDiv(h.width, 8)), rows_(ceilDiv(h.height, 8)), family_(614 + 22) {
        const size_t count = static_cast<size_t>(cols_) * static_cast<size_t>(rows_);
        coded_.assign(count, 0);
        source_.assign(count, 0);
        E_.assign(static_cast<size_t>(h.channels), std::vector<int32_t>(count, 0));
        R.assign(static_cast<size_t>(h.channels), Coefficients(count * 64, 0));
    }
    std::vector<Coefficients> R;      // what is left over, by channel

    void read(RangeDecoder& d, const std::vector<Coefficients>& L, const std::string& name) {
        name_ = name;
        std::vector<Grid> grids;
        for (int c = 0; c < h_.channels; c++) grids.emplace_back(cols_, rows_, 8, h_.role(c));
        for (Grid& g : grids) {
            if (g.role > 0) g.luma = &grids[0];
            if (g.role > 1) g.chroma = &grids[1];
        }
        readMap(d, grids[0]);
        for (Grid& g : grids) g.l = coded_;
        for (size_t c = 0; c < grids.size(); c++) readPlaneZeroOf(d, grids[c], E_[c]);
        for (int b = 1; b <= 6; b++)
            for (Grid& g : grids) {
                readAlive(d, contexts_, g, b);
                for (int i = B8[b - 1]; i < B8[b]; i++) readPlane(d, contexts_, g, ORDER8[i], nullptr, grids);
            }
        const double unit = D_ * 0.5;
        for (size_t c = 0; c < grids.size(); c++) {
            Grid& g = grids[c];
            for (int y = 0; y < rows_; y++)
                for (int x = 0; x < cols_; x++) {
                    const size_t C = g.index(x, y);
                    int32_t sum = compand(g.qAt(x, y, 0), 1);
                    for (int k = 1; k < 64; k++) sum += g.mAt(x, y, k);
                    E_[c][C] = sum >> 1;
                    if (!coded_[C]) continue;
                    for (int k = 0; k < 64; k++) {
                        double& r = R[c][C * 64 + static_cast<size_t>(k)];
                        if (source_[C] == cleared) r = 0;
                        if (source_[C] == flat && k > 0) r = single(-L[c][C * 64 + static_cast<size_t>(k)]);
                        const int32_t q = g.qAt(x, y, k);
                        if (q != 0) r = single(r + q * unit);
                    }
                }
        }
    }

private:
    enum Source : uint8_t { kept, flat, cleared };
    Context& context(int64_t i) { return family_[static_cast<size_t>(i)]; }

    void readMap(RangeDecoder& d, const Grid& g) {
        const std::vector<uint8_t> codedBefore = coded_, sourceBefore = source_;
        std::fill(coded_.begin(), coded_.end(), 0);
        for (int y = 0; y < rows_; y++)
            for (int x = 0; x < cols_; x++) {
                const size_t C = g.index(x, y);
                const int64_t near = g.at(coded_, x - 1, y) + g.at(coded_, x, y - 1);
                const int64_t far = g.at(coded_, x - 1, y - 1) + g.at(coded_, x + 1, y - 1);
                const int64_t before = codedBefore[C];
                const int64_t around = g.at(codedBefore, x + 1, y) + g.at(codedBefore, x, y + 1);
                coded_[C] = static_cast<uint8_t>(d.read(context(((near * 3 + far) * 2 + before) * 3 + around)));
                source_[C] = kept;
                if (!coded_[C]) continue;
                const auto ask = [&](int question, Source source) {
                    int known = 0, yes = 0;
                    const auto look = [&](bool there, int its) { known += there, yes += there && its == source; };
                    look(g.at(coded_, x - 1, y) != 0, static_cast<int>(g.at(source_, x - 1, y)));
                    look(g.at(coded_, x, y - 1) != 0, static_cast<int>(g.at(source_, x, y - 1)));
                    look(codedBefore[C] != 0, sourceBefore[C]);
                    return d.read(context(54 + (question * 4 + yes) * 4 + known)) == 1;
                };
                source_[C] = ask(0, kept) ? kept : ask(1, flat) ? flat : cleared;
            }
    }
    int64_t escape(RangeDecoder& d) {
        int64_t base = 0;
        int e = 0, k = 2;
        while (d.read(context(614 + std::min(e, 17)))) {
            if (++e > 17) fail("CORRUPT", name_ + "level");
            base += int64_t{1} << k;
            k++;
        }
        int64_t number = 0;
        for (int i = 0; i < k; i++) number = number << 1 | d.read(context(614 + (i == 0 ? 20 : 21)));
        return base + number;
    }
    void readPlaneZeroOf(RangeDecoder& d, Grid& g, const std::vector<int32_t>& E) {
        const auto sign = [](int64_t v) { return v < 0 ? -1 : v > 0 ? 1 : 0; };
        for (int y = 0; y < rows_; y++)
            for (int x = 0; x < cols_; x++) {
                const size_t C = g.index(x, y);
                if (!coded_[C]) continue;
                const auto value = [&](int i, int j) { return g.inside(i, j) ? g.Q(i, j, 0) : 0; };
                const auto q = [&](int i, int j) { return std::abs(value(i, j)) >> 1; };
                const int64_t sum = 2 * (q(x - 1, y) + q(x, y - 1)) + q(x - 1, y - 1) + q(x + 1, y - 1);
                int level = 0, busy = 0;
                for (int bound : {1, 2, 3, 5, 7, 11, 20}) level += bound <= sum;
                for (int bound : {16, 80, 300}) busy += bound <= E[C];
                const int64_t ofLuma = g.luma ? g.luma->Q(x, y, 0) : 0;
                const int64_t luma = std::min<int64_t>(2, std::abs(ofLuma) >> 1);
                if (!d.read(context(86 + ((g.role * 8 + level) * 4 + busy) * 3 + luma))) continue;
                const int beside = sign(value(x - 1, y)) + sign(value(x, y - 1));
                const bool negative = d.read(context(566 + g.role * 16 + (beside + 2) * 3 + sign(ofLuma) + 1)) == 1;
                int64_t m = 1;
                while (m < 16 && d.read(context(374 + (g.role * 8 + level) * 8 + std::min<int64_t>(m - 1, 7)))) m++;
                if (m == 16) m += escape(d);
                g.qAt(x, y, 0) = wrap32(negative ? -2 * m : 2 * m);
            }
        for (int y = 0; y < rows_; y++)
            for (int x = 0; x < cols_; x++) {
                const size_t C = g.index(x, y);
                g.a[C] = (compand(g.qAt(x, y, 0), 1) >> 1) + (E[C] >> 1);
            }
        startRegressions(g);
    }

    const Header& h_;
    double D_;
    int cols_, rows_;
    BlockContexts contexts_;
    Contexts family_;
    std::vector<uint8_t> coded_, source_;      // of this frame, and until it begins of the one before
    std::vector<std::vector<int32_t>> E_;
    std::string name_;
};

// The background and the frames of a file, handed out one by one. options.rank: only the low-rank part of as many factors.
template <class OnBackground, class OnFrame>
void decodeSequence(const Bytes& bytes, const Options& options, OnBackground onBackground, OnFrame onFrame) {
    SequenceHeader s;
    size_t at = readSequenceHeader(bytes, s);
    const Header& h = s.plain;

    // The pictures that are there.
    const auto compare = [&](const Header& p, size_t k) {
        const std::string name = "factor " + std::to_string(k + 1) + ": ";
        if (p.width != h.width) fail("CORRUPT", name + "width");
        if (p.height != h.height) fail("CORRUPT", name + "height");
        if (p.channels != h.channels) fail("CORRUPT", name + "channels");
        if (p.bitDepth != h.bitDepth) fail("CORRUPT", name + "bitDepth");
    };
    Options each;
    each.limits = options.limits;
    if (at == bytes.size()) fail("TRUNCATED", "background");
    std::vector<Bytes> files;
    bool whole = true;      // all pictures are all there
    for (size_t k = 0; k < s.bytes.size() && whole; k++) {
        whole = bytes.size() - at >= static_cast<uint64_t>(s.bytes[k]);
        if (!whole && k > 0) break;      // "of the others those that are whole"
        const size_t end = whole ? at + static_cast<size_t>(s.bytes[k]) : bytes.size();
        files.emplace_back(bytes.begin() + static_cast<std::ptrdiff_t>(at), bytes.begin() + static_cast<std::ptrdiff_t>(end));
        at = end;
    }
    int colour[3] = {0, 0, 0};
    {
        Options unlimited;
        unlimited.limits.pixels = std::numeric_limits<double>::infinity();
        const Opened first = openPicture(files[0], unlimited);
        compare(first.header, 0);
        std::copy_n(first.header.colour, 3, colour);
    }
    checkPixels(h, options.limits);
    if (options.rank > 0 && files.size() > static_cast<size_t>(options.rank)) files.resize(static_cast<size_t>(options.rank));
    std::vector<Header> headers;
    std::vector<Raster> rasters;
    for (const Bytes& file : files) {
        Opened o = openPicture(file, each);
        rasters.push_back(decodeOpened(o));
        headers.push_back(o.header);
    }
    std::vector<std::vector<Coefficients>> factors;
    for (size_t k = 0; k < files.size(); k++) compare(headers[k], k);
    for (const Raster& raster : rasters) factors.push_back(forward(raster, ColourBasis(colour, false)));
    onBackground(rasters[0]);
    const ColourBasis basis(colour, false);

    FrameReader reader(h, s.D);
    const int cols = ceilDiv(h.width, 8), rows = ceilDiv(h.height, 8);
    bool there = whole;      // this frame, and all before it
    for (int64_t t = 0; t < s.frames; t++) {
        if (t == options.frames) return;
        // 20.3: low-rank part
        bool still = true;
        for (size_t m = 0; m < factors.size(); m++) still = still && (s.gains[m].empty() || s.gains[m][static_cast<size_t>(t)] == 0);
        std::vector<Coefficients> L = factors[0];
        const auto gain = [&](size_t m) { return s.gains[m].empty() ? 0.0 : s.gains[m][static_cast<size_t>(t)] / 4096.0; };
        if (!still)
            for (int c = 0; c < h.colourChannels(); c++) {
                const auto& T = basis.T[c];
                const double a = gain(0), M = h.channels >= 3 ? 128 * (T[0] + T[1] + T[2]) : 128;
                Coefficients& channel = L[static_cast<size_t>(c)];
                for (size_t i = 0; i < channel.size(); i++) {
                    double sum = channel[i] + a * channel[i];
                    if (i % 64 == 0) sum = sum + a * M * 8 * normOfPlane(0);
                    for (size_t m = 1; m < factors.size(); m++) sum = sum + gain(m) * factors[m][static_cast<size_t>(c)][i];
                    channel[i] = single(sum);
                }
            }
        // 20.1: its section
        const std::string name = "frame " + std::to_string(t + 1) + ": ";
        if (there) {
            size_t begin = at;
            uint64_t size = 0;
            int count = 0;
            there = false;
            while (begin < bytes.size()) {
                const uint8_t byte = bytes[begin++];
                size = size << 7 | (byte & 127);
                count++;
                if (byte < 128) {
                    there = true;
                    break;
                }
                if (count == 5) fail("CORRUPT", name + "bytes");
            }
            there = there && bytes.size() - begin >= size + (size == 0 ? 0 : 2);
            if (there && size > 0) {
                const size_t end = begin + static_cast<size_t>(size);
                if (!matches(bigEndian(bytes, end, 2), crc16(bytes, at, end))) fail("CORRUPT", name + "check");
                if (options.rank == 0) {
                    const Bytes own(bytes.begin() + static_cast<std::ptrdiff_t>(begin), bytes.begin() + static_cast<std::ptrdiff_t>(end));
                    RangeDecoder d(own, 0, 4, Failure{"CORRUPT", name + "stream"});
                    reader.read(d, L, name);
                    if (d.unread()) fail("CORRUPT", name + "stream");
                }
                at = end + 2;
            } else if (there) {
                at = begin;
            }
        }
        // 20.5
        std::vector<Channel> channels;
        for (size_t c = 0; c < L.size(); c++) {
            Channel channel{cols * 8, rows * 8, {}};
            channel.v.resize(static_cast<size_t>(channel.width) * static_cast<size_t>(channel.height));
            for (int y = 0; y < rows; y++)
                for (int x = 0; x < cols; x++) {
                    const size_t C = static_cast<size_t>(y) * static_cast<size_t>(cols) + static_cast<size_t>(x);
                    double b[64];
                    for (int k = 0; k < 64; k++) {
                        const size_t i = C * 64 + static_cast<size_t>(k);
                        const double r = there && options.rank == 0 ? reader.R[c][i] : 0;
                        b[k] = (L[c][i] + r) / normOfPlane(k);
                    }
                    inverseBlock(b, channel, x, y);
                }
            overlapHorizontalBorders(channel, OVERLAP8);
            overlapVerticalBorders(channel, OVERLAP8);
            channels.push_back(std::move(channel));
        }
        onFrame(toSamples(channels, basis, {0, 0, h.width, h.height}, h.bitDepth));
    }
    // After the last frame: extensions of odd types and the trailer.
    if (there) {
        const uint64_t size = at + oddLength(h) + 4;
        if (bytes.size() > size) fail("CORRUPT", "file");
        if (bytes.size() == size && !matches(bigEndian(bytes, size - 4, 4), crc32(bytes, 0, size - 4))) fail("CORRUPT", "checksum");
    }
}
