/* replay.h: the one function that every fuzz target defines. libFuzzer calls it with inputs it makes up; replay.c
 * with the files of a corpus. Returns 0; a fault is an abort, a sanitizer's report or a require(). The bytes belong
 * to the caller and are not terminated. */
#ifndef TESTS_FUZZ_REPLAY_H
#define TESTS_FUZZ_REPLAY_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
