// SHA-256 (FIPS 180-4), for the answers of main.cpp only. The constants are made, not typed: the first 32 bits of the
// fractional parts of the cube (k) and square (h) roots of the first primes.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

inline std::string sha256(std::vector<uint8_t> m) {
    struct Constants {
        uint32_t k[64], h[8];
        static uint32_t fraction(uint64_t prime, int power) {      // floor(2^32 prime^(1/power)) mod 2^32, by bisection
            unsigned __int128 low = 0, high = static_cast<unsigned __int128>(1) << 37;
            while (high - low > 1) {
                const unsigned __int128 r = (low + high) / 2;
                const bool below = power == 2 ? r * r <= static_cast<unsigned __int128>(prime) << 64
                                              : r * r * r <= static_cast<unsigned __int128>(prime) << 96;
                (below ? low : high) = r;
            }
            return static_cast<uint32_t>(low);
        }
        Constants() {
            int count = 0;
            for (uint64_t n = 2; count < 64; n++) {
                bool prime = true;
                for (uint64_t d = 2; d * d <= n; d++) prime = prime && n % d != 0;
                if (!prime) continue;
                if (count < 8) h[count] = fraction(n, 2);
                k[count++] = fraction(n, 3);
            }
        }
    };
    static const Constants constants;
    const auto turn = [](uint32_t x, int n) { return x >> n | x << (32 - n); };
    const uint64_t bits = static_cast<uint64_t>(m.size()) * 8;
    m.push_back(0x80);
    while (m.size() % 64 != 56) m.push_back(0);
    for (int i = 7; i >= 0; i--) m.push_back(static_cast<uint8_t>(bits >> (8 * i)));
    uint32_t h[8];
    for (int i = 0; i < 8; i++) h[i] = constants.h[i];
    for (size_t at = 0; at < m.size(); at += 64) {
        uint32_t w[64], v[8];
        for (size_t i = 0; i < 16; i++)
            w[i] = static_cast<uint32_t>(m[at + 4 * i]) << 24 | static_cast<uint32_t>(m[at + 4 * i + 1]) << 16 |
                   static_cast<uint32_t>(m[at + 4 * i + 2]) << 8 | m[at + 4 * i + 3];
        for (int i = 16; i < 64; i++) {
            const uint32_t a = w[i - 15], b = w[i - 2];
            w[i] = w[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ a >> 3) + w[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ b >> 10);
        }
        for (int i = 0; i < 8; i++) v[i] = h[i];
        for (int i = 0; i < 64; i++) {
            const uint32_t t1 = v[7] + (turn(v[4], 6) ^ turn(v[4], 11) ^ turn(v[4], 25)) + ((v[4] & v[5]) ^ (~v[4] & v[6])) +
                                constants.k[i] + w[i];
            const uint32_t t2 = (turn(v[0], 2) ^ turn(v[0], 13) ^ turn(v[0], 22)) + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
            for (int j = 7; j > 0; j--) v[j] = v[j - 1];
            v[4] += t1;
            v[0] = t1 + t2;
        }
        for (int i = 0; i < 8; i++) h[i] += v[i];
    }
    std::string text;
    for (uint32_t x : h)
        for (int i = 28; i >= 0; i -= 4) text += "0123456789abcdef"[x >> i & 15];
    return text;
}
