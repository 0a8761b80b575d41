/* made_decp.h: files of published contracts that nobody published, for `scripts/bench import-decp`: the 2022 format, in
 * the shapes of a month of a real platform's publications (785 contracts of July 2024: which fields are there, how many
 * holders, modifications and acts of subcontracting, how long the texts are, how long before its publication a contract
 * was notified). All words, numbers and identifiers are made; the same seed makes the same bytes. */
#ifndef TESTS_BENCH_MADE_DECP_H
#define TESTS_BENCH_MADE_DECP_H

#include <stddef.h>

enum { MADE_PATH_SIZE = 4200 };

struct made_file {
        char path[MADE_PATH_SIZE];
};

/* Writes `count` contracts, all different, `per_file` a file, into a directory that exists. Returns the files, their
 * number in *ret_files; free() them. Gives up on the benchmark where the disk does. */
struct made_file *made_decp(const char *directory, size_t count, size_t per_file, size_t *ret_files);

#endif
