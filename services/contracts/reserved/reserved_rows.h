/* reserved_rows.h: the rows of the room. What is known of one contract's reservation is in its file (ContractFile).
 *
 * table             kind   key                                        value
 * reserved_by_year  STATE  u32 year, buyer SIRET text, contract id    eyes, buyer's name, lots (struct reserved_row)
 * reserved_award    STATE  buyer SIRET text, holder SIRET text,       -   awards to the social economy
 *                          i32 day, u32 lot, contract id
 *
 * The year is that of notification, 0 where it is not told; one row for each year that a lot of the contract has. The
 * buyer is the contract's of today: the rows move with its record and its file (record/short_rows.h). Awards of private
 * contracts are not in the table: nobody is told of them. */
#ifndef SERVICES_CONTRACTS_RESERVED_RESERVED_ROWS_H
#define SERVICES_CONTRACTS_RESERVED_RESERVED_ROWS_H

#include "common/store/tables.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/short_rows.h"

#define RESERVED_TABLES(TABLE)                                                                                         \
        TABLE(RESERVED_BY_YEAR, "reserved_by_year", TABLE_STATE)                                                       \
        TABLE(RESERVED_AWARD, "reserved_award", TABLE_STATE)
RESERVED_TABLES(TABLE_NUMBER)

uint32_t reserved_year(const Contracts__ReservedEntry *entry);

/* As struct short_rows wants them. */
bool reserved_rows_has(const struct summed *summed);
void reserved_rows_of(const void *summed, struct index_rows *rows);

/* ---- by year. `siret` "": of all. */
void reserved_walk_year(struct txn *txn, uint32_t year, const char *siret, struct slice after, struct walk *ret);
/* Of all years, by year and buyer; a contract of two years comes twice. */
void reserved_walk(struct txn *txn, struct slice after, struct walk *ret);
/* The first year from this one on that has a row. */
bool reserved_next_year(struct txn *txn, uint32_t from, uint32_t *ret);
/* The year of the row that walk_next() stands on. */
uint32_t reserved_walk_year_of(const struct walk *walk);

/* The row that the walk stands on. Texts die with the transaction. */
struct reserved_row {
        uint32_t year;
        struct id contract;
        const char *eyes; /* access_eyes() */
        const char *buyer_siret;
        const char *buyer_name;
        struct slice lots; /* what reserved_row_lot() goes on through */
};
void reserved_row_read(const struct walk *walk, struct reserved_row *ret);

/* A lot of the row, with all that its check asks but the award before it. */
struct reserved_lot {
        uint32_t number;
        Contracts__Involvement involvement;
        bool follows_persons;
        const char *holder_siret;
        Contracts__Reservation reservation; /* its members are those below */
        Contracts__ReservationGround grounds[4];
        Types__Share minimum_share;
        Types__Day on;
        char cpv[9];
};
/* False: that was the last. */
bool reserved_row_lot(struct reserved_row *row, struct reserved_lot *ret);

/* ---- awards to the social economy. Whether the buyer awarded another contract to the holder on this day or before, in
 * this year or behind the one that is `years` before; the last day. */
struct award_before {
        const char *buyer_siret, *holder_siret;
        struct id contract;
        struct day on;
        uint32_t years;
};
bool reserved_award_before(struct txn *txn, const struct award_before *asked, struct day *ret);

#endif
