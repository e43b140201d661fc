// Names made from content: SHA-256, so that the same content has the same name on every machine and in every build.
//
//   StableId({"CapexAbovePlan", "BABA", "FY2026Q1"})  ->  "5f0c…" (32 hex digits)
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace earshot {

// 32 bytes.
std::string Sha256(std::string_view bytes);

// First 8 bytes of the SHA-256, big endian.
uint64_t ContentHash(std::string_view bytes);

// 32 hex digits (128 bits) over the parts. Each part is counted in with its length: ("ab","c") and ("a","bc") differ.
std::string StableId(std::span<const std::string_view> parts);
std::string StableId(std::initializer_list<std::string_view> parts);

}  // namespace earshot
