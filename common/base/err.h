/* err.h: operating failures. A function that can fail returns 0 or one of these, always negative.
 *
 * Three kinds, three mechanisms: a bug is require() and aborts; an operating failure is an enum err; a business
 * refusal is a value (types.Refusal), never an error. errno values are folded in as -errno; our own start at -1000.
 * Foreign codes (LMDB, ZeroMQ, libuv…) are translated in one function at the border that meets them.
 * `struct err_info` is the optional last parameter: the text is for the operator, says what and where, and is
 * written only by the function that found the failure. */
#ifndef COMMON_BASE_ERR_H
#define COMMON_BASE_ERR_H

#include "common/base/attr.h"

enum err {
        ERR_OK = 0,
        ERR_MALFORMED = -1000, /* bytes that do not say what they should */
        ERR_TOO_LARGE = -1001, /* over a limit of limits.h */
        ERR_NOT_FOUND = -1002,
        ERR_STORE = -1003,       /* LMDB says no, and it is neither of the next two */
        ERR_MAP_FULL = -1004,    /* the store's map is at its limit */
        ERR_DISK_FULL = -1005,   /* ENOSPC, EDQUOT */
        ERR_STORE_NEWER = -1006, /* written by a later version */
        ERR_STORE_OLDER = -1012, /* written by an earlier version: to be migrated */
        ERR_TRANSPORT = -1007,   /* ZeroMQ or a socket */
        ERR_TIMEOUT = -1008,
        ERR_FORGED = -1009, /* a signature or a hash does not hold */
        ERR_CONFIG = -1010,
        ERR_OVERFLOW = -1011, /* checked arithmetic */
        ERR_NO_MEMORY = -12,  /* -ENOMEM */
};

struct err_info {
        int code;
        char text[240];
};

/* Fills `info` (may be NULL) and returns `code`. */
int err_set(struct err_info *info, int code, const char *format, ...) ATTR_FORMAT(3, 4);

/* A short English name of a code, for logs. */
const char *err_name(int code);

#endif
