#include "common/base/digest.h"

#include <openssl/sha.h>

#include "absl/strings/escaping.h"
#include "common/base/strings.h"

namespace earshot {

std::string Sha256(std::string_view bytes) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

uint64_t ContentHash(std::string_view bytes) {
  uint64_t hash = 0;
  for (unsigned char byte : Sha256(bytes).substr(0, 8)) hash = hash << 8 | byte;
  return hash;
}

std::string StableId(std::span<const std::string_view> parts) {
  std::string all;
  for (std::string_view part : parts) {
    uint64_t size = part.size();
    for (int shift = 56; shift >= 0; shift -= 8) all.push_back(static_cast<char>(size >> shift));
    all.append(part);
  }
  return absl::BytesToHexString(ToAbsl(Sha256(all).substr(0, 16)));
}

std::string StableId(std::initializer_list<std::string_view> parts) {
  return StableId(std::span<const std::string_view>(parts.begin(), parts.size()));
}

}  // namespace earshot
