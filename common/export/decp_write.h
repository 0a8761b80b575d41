/* decp_write.h: contracts written as a block of published data in the 2022 format: the inverse of common/import/
 * decp.h. What a record does not say is left out: whether the element is valid without it is for the daemon to tell
 * (contracts.DecpExport). Called by guichetctl (export) and by tests.
 *
 *      struct decp_writer writer = {.out = file};
 *      decp_write_record(&writer, record) …
 *      decp_write_end(&writer)
 *
 * Flat memory: markets go straight to the file, concessions wait in a temporary file, because the format has one list
 * of each. The order of the records is kept. Names of buyers and contractors are not part of the format of 2022. */
#ifndef COMMON_EXPORT_DECP_WRITE_H
#define COMMON_EXPORT_DECP_WRITE_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#include "common/base/attr.h"
#include "contracts/record.pb-c.h"

struct decp_writer {
        FILE *out;
        FILE *concessions; /* of its own */
        size_t market_count, concession_count;
};

/* The element of one contract, a new reference. Private contracts are a bug here. */
json_t *decp_element(const Contracts__ContractRecord *record) ATTR_MUST_CHECK;

/* False where the disk is full or there is no room for a temporary file: errno says why. */
bool decp_write_record(struct decp_writer *writer, const Contracts__ContractRecord *record) ATTR_MUST_CHECK;
bool decp_write_end(struct decp_writer *writer) ATTR_MUST_CHECK; /* the whole block; `out` is flushed, not closed */

#endif
