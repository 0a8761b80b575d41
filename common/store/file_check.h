/* file_check.h: whether a store's file can be what LMDB left, looked at before LMDB maps it: LMDB keeps no checksums,
 * and a page that is not there is a signal in the middle of a read. Inside common/store only.
 *
 * Two looks. The first pages of the file say how many pages it has and where its trees begin: they must be there. Then
 * a child process, whose death does no harm, walks the tables: all of them where the file is shorter than it says (LMDB
 * leaves out pages at the end that are free), for a tenth of a second where nothing speaks against it. */
#ifndef COMMON_STORE_FILE_CHECK_H
#define COMMON_STORE_FILE_CHECK_H

#include <stdbool.h>

#include "common/base/err.h"

/* 0, with *ret_exists false where there is no file or an empty one. ERR_STORE: damaged; the text says what to do. */
int file_check(const char *directory, bool *ret_exists, struct err_info *info) ATTR_MUST_CHECK;

#endif
