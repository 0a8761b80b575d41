/* verify.h: replay(log) == tables. Rebuilds every TABLE_STATE of a store from its own log, and every TABLE_COPY from
 * the logs of the services that it was copied from, up to the positions held, into a scratch store; then compares row
 * by row, byte by byte, and checks the hash chain of the own log, that each person has her key, and that the file of
 * each document is there and whole. Reads only; may
 * look at the store of a running daemon, and holds no snapshot of it for longer than a slice: a slice of rows is
 * compared in one snapshot, to whose position the replay was brought before. */
#ifndef COMMON_SERVICE_VERIFY_H
#define COMMON_SERVICE_VERIFY_H

#include "common/service/spec.h"

struct verify_source {
        const char *instance; /* as positions are kept: "tracking-2" */
        const char *service;
        struct store *store; /* opened to look only */
};

struct vault_keys;

struct verify_report {
        uint64_t events;      /* replayed, own and copied */
        uint64_t rows;        /* compared */
        uint64_t differences; /* rows that differ, are missing or too many; documents that are missing or damaged */
        uint64_t documents, orphans; /* looked at; files that no row names: waste, and collected by and by */
};

struct verify_request {
        const struct service_spec *spec;
        struct store *store;
        const char *scratch; /* directory to make and remove */
        const struct verify_source *sources;
        size_t source_count;
        struct vault_keys *keys; /* NULL: of a service that seals nothing */
        const char *blobs;       /* their directory; NULL: of one that keeps no documents */
};

/* 0 with *ret filled in (differences may be > 0, the first of them told in `info`); ERR_FORGED where the chain breaks.
 */
int verify_store(const struct verify_request *request, struct verify_report *ret,
                 struct err_info *info) ATTR_MUST_CHECK;

#endif
