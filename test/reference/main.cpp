// The reference decoder of .lrk, written from codec-spec.md alone. See `usage` below.
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include "sequence.hpp"
#include "sha256.hpp"

namespace {

const char* usage =
    "reference [OPTIONS] decode FILE      one line of JSON for the whole picture\n"
    "reference [OPTIONS] layers FILE      an array, the same for the prefix that ends with each layer\n"
    "reference [OPTIONS] region FILE X Y W H    as decode, for a rectangle of pixels; only the parts that it needs are read\n"
    "reference [OPTIONS] rank FILE K      as decode, for rank K\n"
    "reference [OPTIONS] sequence FILE    hashes of a sequence; lowRank is that of --rank (2)\n"
    "reference [OPTIONS] raw FILE OUT     writes the samples\n"
    "reference [OPTIONS] samples FILE OUT    the same, of a sequence those of all frames; an error is CODE FIELD, as test/golden/run.ts asks\n"
    "reference samples --batch               reads lines of FILE and options, tabs between them; answers each with the hash, or CODE FIELD\n"
    "reference [OPTIONS] batch            reads lines, each a command of these, answers a line each\n"
    "options: --pixels N --memory N --products N (limits), --rank N, --layers N, --scale N, --region X,Y,W,H, --frames N, --tolerant\n"
    "for tests: --unchecked passes over all checks\n";

Bytes load(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) fail("FILE", path);
    return Bytes(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}
std::string quoted(const std::string& text) {
    std::string result = "\"";
    for (char c : text) {
        if (c == '"' || c == '\\') result += '\\';
        result += c;
    }
    return result + "\"";
}
std::string hash(const Raster& r) { return quoted(sha256(r.bytes())); }
std::string describe(const Raster& r) {
    std::ostringstream out;
    out << "{\"width\":" << r.width << ",\"height\":" << r.height << ",\"channels\":" << r.channels << ",\"bitDepth\":" << r.bitDepth
        << ",\"pixels\":" << hash(r) << "}";
    return out.str();
}
std::string layers(const Bytes& bytes, const Options& options) {
    const Opened whole = openPicture(bytes, options);
    if (whole.header.compact) return "[" + describe(decodePicture(bytes, options)) + "]";
    const size_t there = static_cast<size_t>(whole.layersThere), start = whole.start;
    std::string result = "[";
    for (size_t n = 0; n < there; n++) {
        const Bytes prefix(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(start + static_cast<size_t>(whole.header.layers[n].end)));
        result += (n > 0 ? "," : "") + describe(decodePicture(prefix, options));
    }
    return result + "]";
}
// How many words follow the file.
int wordsAfter(const std::string& command) { return command == "region" ? 4 : command == "rank" || command == "raw" || command == "samples" ? 1 : 0; }
// The samples of a picture, or of all frames of a sequence.
Bytes samplesOf(const Bytes& bytes, const Options& options) {
    static const uint8_t sequence[5] = {0xd7, 0x4c, 0x0d, 0x0a, 1};
    if (bytes.size() < 5 || !std::equal(sequence, sequence + 5, bytes.begin())) return decodePicture(bytes, options).bytes();
    Bytes result;
    decodeSequence(bytes, options, [](const Raster&) {}, [&](const Raster& frame) {
        const Bytes samples = frame.bytes();
        result.insert(result.end(), samples.begin(), samples.end());
    });
    return result;
}
// A number of a command: digits alone.
int number(const std::string& word) {
    if (word.empty() || word.size() > 9 || word.find_first_not_of("0123456789") != std::string::npos) fail("USAGE", "number");
    return std::stoi(word);
}
std::string answer(const std::string& command, const std::string& file, const std::vector<std::string>& words, Options options, bool& failed) {
    failed = false;
    try {
        const Bytes bytes = load(file);
        if (command == "region") {
            options.region = Rectangle{number(words[0]), number(words[1]), number(words[2]), number(words[3])};
            return describe(decodePicture(bytes, options));
        }
        if (command == "rank") {
            options.rank = number(words[0]);
            if (options.rank < 1) fail("USAGE", "rank");
            return describe(decodePicture(bytes, options));
        }
        if (command == "samples") {
            try {
                const Bytes samples = samplesOf(bytes, options);
                std::ofstream(words[0], std::ios::binary).write(reinterpret_cast<const char*>(samples.data()), static_cast<std::streamsize>(samples.size()));
                return "";
            } catch (const Failure& f) {
                failed = true;
                return f.code + " " + f.field;
            }
        }
        if (command == "decode") return describe(decodePicture(bytes, options));
        if (command == "layers") return layers(bytes, options);
        if (command == "sequence") {
            Options all = options, low = options;
            all.rank = 0;
            low.rank = options.rank > 0 ? options.rank : 2;
            std::string background, frames, lowRank;
            const auto add = [](std::string& list) {
                return [&list](const Raster& r) { list += (list.empty() ? "" : ",") + hash(r); };
            };
            decodeSequence(bytes, all, [&](const Raster& r) { background = hash(r); }, add(frames));
            decodeSequence(bytes, low, [](const Raster&) {}, add(lowRank));
            return "{\"background\":" + background + ",\"frames\":[" + frames + "],\"lowRank\":[" + lowRank + "]}";
        }
        if (command == "raw") {
            const Raster raster = decodePicture(bytes, options);
            const Bytes samples = raster.bytes();
            std::ofstream(words[0], std::ios::binary).write(reinterpret_cast<const char*>(samples.data()), static_cast<std::streamsize>(samples.size()));
            return describe(raster);
        }
        failed = true;
        return "{\"error\":\"USAGE\",\"field\":\"command\"}";
    } catch (const Failure& f) {
        failed = true;
        return "{\"error\":" + quoted(f.code) + ",\"field\":" + quoted(f.field) + "}";
    }
}

// Takes the options out of words.
std::vector<std::string> parse(const std::vector<std::string>& all, Options& options, bool& lines) {
    std::vector<std::string> words;
    for (size_t i = 0; i < all.size(); i++) {
        const std::string& word = all[i];
        const auto text = [&] { return i + 1 < all.size() ? all[++i] : std::string(); };
        const auto real = [&] { return std::atof(text().c_str()); };
        if (word == "--pixels") options.limits.pixels = real();
        else if (word == "--memory") options.limits.memory = real();
        else if (word == "--products") options.limits.products = real();
        else if (word == "--rank") options.rank = static_cast<int>(real());
        else if (word == "--layers") options.layers = static_cast<int>(real());
        else if (word == "--scale") options.scale = static_cast<int>(real());
        else if (word == "--frames") options.frames = static_cast<int64_t>(real());
        else if (word == "--region") {
            Rectangle& r = options.region.emplace();
            std::sscanf(text().c_str(), "%d,%d,%d,%d", &r.x, &r.y, &r.width, &r.height);
        } else if (word == "--unchecked") checksMatter = false;
        else if (word == "--tolerant") options.tolerant = true;
        else if (word == "--batch") lines = true;
        else words.push_back(word);
    }
    return words;
}
// The hash of the samples that a line of a batch asks for, or the error.
std::string hashed(const std::string& line) {
    std::vector<std::string> words;
    std::istringstream in(line);
    for (std::string word; std::getline(in, word, '\t');) words.push_back(word);
    Options options;
    bool lines = false;
    const std::vector<std::string> file = parse(words, options, lines);
    try {
        return sha256(samplesOf(load(file.empty() ? "" : file[0]), options));
    } catch (const Failure& f) {
        return f.code + " " + f.field;
    }
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    bool lines = false;
    std::vector<std::string> words = parse({argv + 1, argv + argc}, options, lines);
    if (lines) {
        // FILE and options, tabs between them
        std::string line;
        while (std::getline(std::cin, line)) std::cout << hashed(line) << std::endl;
        return 0;
    }
    bool failed = false;
    if (words.size() == 1 && words[0] == "batch") {
        std::string line;
        while (std::getline(std::cin, line)) {
            // COMMAND FILE WORDS, where the file's name may hold spaces
            const auto cutAt = [](const std::string& text, size_t space) {
                return space == std::string::npos ? std::pair<std::string, std::string>{text, ""}
                                                  : std::pair<std::string, std::string>{text.substr(0, space), text.substr(space + 1)};
            };
            auto [command, file] = cutAt(line, line.find(' '));
            std::vector<std::string> after;
            for (int i = wordsAfter(command); i > 0; i--) {
                const auto [before, word] = cutAt(file, file.rfind(' '));
                file = before;
                after.insert(after.begin(), word);
            }
            std::cout << answer(command, file, after, options, failed) << std::endl;
        }
        return 0;
    }
    if (words.size() < 2 || words.size() != static_cast<size_t>(2 + wordsAfter(words[0]))) {
        std::fputs(usage, stderr);
        return 2;
    }
    std::cout << answer(words[0], words[1], {words.begin() + 2, words.end()}, options, failed) << std::endl;
    return failed ? 1 : 0;
}
