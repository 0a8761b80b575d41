/* erasure.h: what goes of a person who is erased, and whether she may be. The handler, the retention's job and what a
 * restore replays all come through erasure_record(); apply() takes the same things away. Arrays live in the arena;
 * they are copies: rows may be written afterwards. */
#ifndef SERVICES_TRACKING_PRIVACY_ERASURE_H
#define SERVICES_TRACKING_PRIVACY_ERASURE_H

#include "common/service/work.h"
#include "services/tracking/documents/documents_rows.h"
#include "tracking/commands.pb-c.h"

/* Of a beneficiary: ids of her placements, their documents, numbers of the events that her key sealed a part of. */
struct erased_things {
        struct id *placements;
        size_t placement_count;
        struct placed_document *documents;
        size_t document_count;
        uint64_t *sealed;
        size_t sealed_count;
};
void erased_things_of(struct txn *txn, struct id beneficiary, struct arena *arena, struct erased_things *ret);

/* False with *ret where a placement goes on, or hours that were stated wait for somebody to vouch for them: hers to be
 * paid and counted. */
bool erasure_may(const struct work *work, const struct erased_things *things, struct refusal *ret) ATTR_MUST_CHECK;

/* Records BeneficiaryErased: with the commit her rows, the sealed parts of the log and the names of her documents are
 * gone, right behind it the files and her key. Whoever calls has seen that there is such a person. */
#define ERASURE_UNDONE "IMPORT_UNDONE" /* her import was undone: she is counted nowhere */
void erasure_record(struct work *work, struct id beneficiary, const struct erased_things *things, const char *code);

/* The persons of these lines (an id each) who were erased after the backup that this store was made from: erased again.
 * For service_write(). */
enum { ERASED_AGAIN_MAX = 1 << 20 };
void erasures_again(struct work *work, const struct id *ids, size_t count);

#endif
