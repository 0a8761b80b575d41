/* sending.h: what one step carries, put together and sent piece by piece. Loop thread, but its last function. */
#ifndef SERVICES_TRACKING_PARTS_SENDING_H
#define SERVICES_TRACKING_PARTS_SENDING_H

#include "common/store/blobs.h"
#include "common/store/vault.h"
#include "services/tracking/parts/asking.h"
#include "services/tracking/parts/choosing.h"
#include "services/tracking/parts/scan.h"

struct sending {
        uint64_t step; /* 0: nothing is put together */
        struct arena arena;
        struct slice bytes; /* PartRecords */
        uint64_t sent;
        uint64_t records;
        uint64_t after;
        Tracking__TakePart take;
        struct blob_address *documents;
        size_t document_count, document; /* the one that is being sent */
        uint64_t document_sent, document_size;
        struct part_cursor cursor; /* of who was chosen, until that is committed */
};

enum sending_made { SENDING_READY, SENDING_SCAN_AGAIN, SENDING_FAILED };
/* tidy: many because the rows, the keys and the log's numbers come from three places */
enum sending_made sending_make(struct sending *sending, const struct part_scan *scan, const Tracking__PartRow *row,
                               struct txn *txn, struct vault *vault);
/* The next question; true: a piece, false: TakePart, all is sent. `request` NULL: a document cannot be read. */
bool sending_next(struct sending *sending, struct id part, const struct blobs *blobs, struct arena *arena,
                  struct part_question *ret);
/* What the answer to a piece says is wanted next. False: that makes no sense. */
bool sending_took(struct sending *sending, const ProtobufCMessage *reply);
void sending_fini(struct sending *sending); /* its keys are wiped */

/* Writer: PartGone; the sealed past of the persons is forgotten, their keys and documents go. */
void sending_record_gone(struct work *work, struct id part, const Tracking__PartRow *row, uint64_t records);

#endif
