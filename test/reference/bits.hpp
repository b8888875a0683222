// Sections 3, 8, 12: integers, checks, the range decoder and adaptive bits.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

using Bytes = std::vector<uint8_t>;

// Section 19: what a decoder refuses.
struct Failure {
    std::string code, field;
};
[[noreturn]] inline void fail(const std::string& code, const std::string& field) { throw Failure{code, field}; }

// Section 3. Shifts of negative integers are arithmetic in all compilers that matter here.
inline double single(double v) { return static_cast<double>(static_cast<float>(v)); }
inline int64_t clampTo(int64_t low, int64_t v, int64_t high) { return v < low ? low : v > high ? high : v; }
inline int64_t floorDiv(int64_t a, int64_t b) { return a / b - ((a % b != 0 && (a < 0) != (b < 0)) ? 1 : 0); }
inline int32_t wrap32(int64_t v) { return static_cast<int32_t>(static_cast<uint32_t>(static_cast<uint64_t>(v))); }
inline int ceilDiv(int a, int b) { return (a + b - 1) / b; }

// Number of binary digits, 0 for 0.
inline int digits(uint64_t x) {
    int n = 0;
    for (; x != 0; x >>= 1) n++;
    return n;
}
// 13.7: the number of the highest bit that is 1.
inline int top(uint64_t x) { return digits(x) - 1; }

// 13.2: the largest integer r with r (r - 1) < a, 0 for a = 0.
inline int64_t root(int64_t a) {
    if (a <= 0) return 0;
    int64_t r = static_cast<int64_t>(std::sqrt(static_cast<double>(a)));
    while (r * (r - 1) >= a) r--;
    while ((r + 1) * r < a) r++;
    return r;
}

// Section 8.
inline uint32_t crc(const Bytes& bytes, size_t begin, size_t end, uint32_t polynomial, uint32_t ones) {
    uint32_t c = ones;
    for (size_t i = begin; i < end; i++) {
        c ^= bytes[i];
        for (int n = 0; n < 8; n++) c = (c & 1) ? (c >> 1) ^ polynomial : c >> 1;
    }
    return c ^ ones;
}
inline uint32_t crc16(const Bytes& bytes, size_t begin, size_t end) { return crc(bytes, begin, end, 0x8408, 0xffff); }
inline uint32_t crc32(const Bytes& bytes, size_t begin, size_t end) { return crc(bytes, begin, end, 0xedb88320, 0xffffffff); }
// For tests alone: with checksMatter false, damage goes past the checks and deeper.
inline bool checksMatter = true;
inline bool matches(uint32_t said, uint32_t found) { return said == found || !checksMatter; }
inline uint32_t bigEndian(const Bytes& bytes, size_t at, int count) {
    uint32_t value = 0;
    for (int i = 0; i < count; i++) value = value << 8 | bytes[at + static_cast<size_t>(i)];
    return value;
}

// 12.1: an adaptive bit.
struct Context {
    int32_t slow = 32768, fast = 32768, seen = 0;
    Context() = default;
    explicit Context(int prior) {
        if (prior != 0) slow = fast = 256 * prior, seen = 20;
    }
};
using Contexts = std::vector<Context>;

inline int rate(int n) { return 327680 / (10 * n + 16); }

// Section 12. `bytes` are read from `at` on; `zeros` bytes that are 0 follow them. Taking any beyond is `beyond`.
class RangeDecoder {
public:
    RangeDecoder(Bytes bytes, size_t at, size_t zeros, Failure beyond)
        : bytes_(std::move(bytes)), at_(at), zeros_(zeros), beyond_(std::move(beyond)) {
        for (int i = 0; i < 4; i++) code_ = code_ << 8 | next();
        code_ &= (1u << 30) - 1;
    }
    // Section 9: from here on, zeros may be taken.
    void follow(size_t zeros, Failure beyond) { zeros_ = zeros, beyond_ = std::move(beyond); }
    size_t at() const { return at_; }
    bool unread() const { return at_ < bytes_.size(); }

    int bit(uint32_t p) {
        const uint32_t bound = (range_ >> 15) * p;
        int result;
        if (code_ < bound) {
            range_ = bound;
            result = 1;
        } else {
            code_ -= bound;
            range_ -= bound;
            result = 0;
        }
        while (range_ < (1u << 22)) {
            range_ <<= 8;
            code_ = code_ << 8 | next();
        }
        return result;
    }
    uint32_t even(int n) {
        uint32_t value = 0;
        for (int i = 0; i < n; i++) value = value << 1 | static_cast<uint32_t>(bit(16384));
        return value;
    }
    int read(Context& context) {
        const uint32_t p = static_cast<uint32_t>((context.slow + context.fast) >> 2) | 24u;
        const int b = bit(p);
        const int32_t target = b ? 65535 : 0;
        context.slow += ((target - context.slow) * rate(context.seen)) >> 15;
        context.fast += ((target - context.fast) * rate(std::min(context.seen, 20))) >> 15;
        context.seen = std::min(context.seen + 1, 255);
        return b;
    }
    // 12.3. `base` is the index of the first context of the set.
    int64_t escape(Contexts& code, size_t base, int k) {
        int64_t value = 0;
        int e = 0;
        while (k < 30 && read(code[base + static_cast<size_t>(std::min(e, 15))])) {
            value += int64_t{1} << k;
            e++;
            k++;
        }
        for (int i = k - 1; i >= 0; i--) {
            const size_t place = static_cast<size_t>(16 + 2 * std::min(e, 15) + (i == k - 1 ? 0 : 1));
            value += static_cast<int64_t>(read(code[base + place])) << i;
        }
        return value;
    }
    int64_t signedCode(Contexts& code, size_t base) {
        const int64_t size = escape(code, base, 0);
        if (size > 0 && read(code[base + 48])) return -size;
        return size;
    }

private:
    uint32_t next() {
        if (at_ >= bytes_.size() + zeros_) throw beyond_;
        const uint32_t byte = at_ < bytes_.size() ? bytes_[at_] : 0;
        at_++;
        return byte;
    }
    Bytes bytes_;
    uint32_t range_ = 1u << 30, code_ = 0;
    size_t at_, zeros_;
    Failure beyond_;
};
