/* worked_rows.h: who worked for the hours that are owed, as tracking tells it: ids of persons and placements, nothing
 * else. So that a contract's statement counts persons once, whatever the number of their placements. Hours that were
 * taken over with a running file are rows of obligations/. Puts are for the copy function (reactions/) only.
 *
 * table         kind  key                            value
 * worked        COPY  obligation id, placement id    struct worked
 * beside        COPY  placement id                   struct beside: the sums of the two below
 * training      COPY  placement id, i32 month        struct training
 * tutor_contact COPY  contact id                     struct tutor_contact
 * same_person   COPY  beneficiary id, other id       common/store/same.h
 *
 * Whatever the order in which the partitions of tracking tell, the rows are the same: sums commute, and of what was
 * said twice the later holds. */
#ifndef SERVICES_CONTRACTS_LEDGER_WORKED_ROWS_H
#define SERVICES_CONTRACTS_LEDGER_WORKED_ROWS_H

#include "common/base/day.h"
#include "common/store/tables.h"
#include "common/store/walk.h"

#define WORKED_TABLES(TABLE)                                                                                           \
        TABLE(WORKED, "worked", TABLE_COPY)                                                                            \
        TABLE(BESIDE, "beside", TABLE_COPY)                                                                            \
        TABLE(TRAINING, "training", TABLE_COPY)                                                                        \
        TABLE(TUTOR_CONTACT, "tutor_contact", TABLE_COPY)                                                              \
        TABLE(SAME_PERSON, "same_person", TABLE_COPY)
WORKED_TABLES(TABLE_NUMBER)

/* A placement. */
struct worked {
        struct id person;   /* one of her files */
        int64_t hundredths; /* validated */
        uint32_t modality;
        uint32_t is_opened; /* 0: its months came first */
};

/* What stands beside the hours of a placement. */
struct beside {
        int64_t training_hundredths; /* of the months that have validated hours */
        uint32_t tutor_contacts;
        uint32_t unused;
};

/* One month. */
struct training {
        int64_t stated_at_ms; /* the statement that came last */
        int64_t hundredths;   /* that it says, in training */
        int64_t validated_hundredths;
};

/* With whoever it was. */
struct tutor_contact {
        struct id placement; /* zero: not told, or not yet */
        int64_t told_at_ms;
        uint32_t met_tutor;
        uint32_t unused;
};

void worked_get(struct txn *txn, struct id obligation, struct id placement, struct worked *ret); /* zeros: none */
void worked_put(struct txn *txn, struct id obligation, struct id placement, const struct worked *row);
/* Placements of an obligation: walk_id() and worked_read(). */
void worked_walk(struct txn *txn, struct id obligation, struct walk *ret);
void worked_read(const struct walk *walk, struct worked *ret);

void beside_get(struct txn *txn, struct id placement, struct beside *ret); /* the same */

/* The sums follow. */
void training_get(struct txn *txn, struct id placement, struct month month, struct training *ret);
void training_put(struct txn *txn, struct id placement, struct month month, const struct training *row);
void tutor_contact_get(struct txn *txn, struct id contact, struct tutor_contact *ret);
void tutor_contact_put(struct txn *txn, struct id contact, const struct tutor_contact *row);

#endif
