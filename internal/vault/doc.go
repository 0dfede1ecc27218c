// Package vault seals and opens bytes, holds and destroys keys. No database.
//
// A key file outside the register holds the root key and the epoch keys. The index,
// chain and pepper keys are derived from the root (HKDF-SHA-256, RFC 5869). Every
// dossier has a content key and an identity key of its own, wrapped under an epoch
// key; what is sealed names its purpose, dossier and record as associated data, so
// that bytes moved elsewhere do not open.
//
// An envelope is: format byte, algorithm byte, epoch (4 bytes), nonce (12 bytes),
// AES-256-GCM ciphertext. Plaintexts are padded: their length tells little.
package vault
