/* confine.h: a process gives up, before it reads a stranger's bytes, all that reading needs not: every descriptor but
 * the first three, signals to others, sockets, more than so much time, memory and room in files, and, where the kernel
 * has Landlock, every file but the programs and libraries of the system. What it starts is bound alike. Called by
 * guichet-table (main.c), and by guichet-print (print/main.c) for the program that it starts: it cannot be undone. */
#ifndef SERVICES_GATEWAY_TABLE_CONFINE_H
#define SERVICES_GATEWAY_TABLE_CONFINE_H

#include <stdbool.h>

#include "common/base/attr.h"

enum {
        CONFINE_CPU_S = 10,
        CONFINE_MEMORY_MIB = 512, /* Python with a sheet of some MiB needs 60 */
        CONFINE_FILE_MIB = 32,
        CONFINE_DESCRIPTORS = 64,
};

/* What a process may use besides; each may be NULL. */
struct confine_places {
        const char *const *readable; /* paths, ended by NULL */
        const char *room;            /* a directory that is its own, for what it writes */
};

/* 0, or -errno where one of the bounds that every kernel has cannot be set. *ret_files_closed: Landlock is there.
 * Under a sanitizer, whose runtime needs memory, files and ptrace, only descriptors, time and files written are
 * bound. */
int confine(const struct confine_places *places, bool *ret_files_closed) ATTR_MUST_CHECK;

#endif
