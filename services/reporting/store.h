/* store.h: reporting's read models, and what was sent of them. Only this module knows their keys and row formats.
 *
 * Every table of a read model is TABLE_COPY and is fed by ONE service, so the order in which the events of several
 * services come does not matter; queries join. Sums commute, so neither does the order between the partitions of
 * tracking, nor between these and contracts, which tells the hours that were taken over (`work`, `worker`, `person`,
 * `activity`, `month`). Rows of numbers are packed structs in the machine's byte order (as LMDB's own files are). What
 * was sent is TABLE_STATE, of reporting's own log.
 *
 *   table          key                                   value              fed by
 *   contract       id                                    ContractRow        contracts
 *   obligations    contract id, obligation id            struct owed        contracts
 *   passed_on      contract id, obligation id            struct passed_on   contracts
 *   balance        obligation id                         struct balance     contracts
 *   need           contract id, need id                  struct need        contracts
 *   demand         u32 year, territory                   struct demand      contracts
 *   work           obligation id                         struct work_done   tracking
 *   worker         obligation id, beneficiary id         struct worker      tracking
 *   person         beneficiary id                        struct person[]    tracking
 *   same_person    beneficiary id, other id              i32                tracking; both ways round
 *   activity       u32 year, territory                   struct activity    tracking
 *   month          u32 year, territory, u32 month        struct month_hours tracking
 *   outcomes       u32 year, territory, u32 moment       struct told        tracking
 *   organisation   organisation id                       "siret" or ""      directory; those that are open
 *   closed         organisation id                       nothing            directory
 *   owed_change    contract id, source, u64, u32 place   OwedChange         contracts; u64: number of the event
 *   work_change    obligation id, source, u64, u32 place struct work_change tracking; idem
 *   demand_month   u32 year, territory, i32, u32 cause   struct counted     contracts; i32: month of the record
 *   activity_month u32 year, territory, i32, u32 cause   struct counted     tracking; territory "*": of all
 *   sent           report id                             SentReportRow      reporting's own log
 *   sent_by        contract id (zeros: none), report id  nothing            reporting's own log
 *
 * A year is that of the thing: of notification for contracts, of the event for obligations and needs, of work for
 * hours, of the invoice for converted ones (its month too), of the end for outcomes. Year 0 of `activity` counts
 * persons over all years. */
#ifndef SERVICES_REPORTING_STORE_H
#define SERVICES_REPORTING_STORE_H

#include "common/base/day.h"
#include "common/base/id.h"
#include "common/store/key.h"
#include "common/store/runtime_tables.h"
#include "common/store/store.h"
#include "common/store/walk.h"
#include "reporting/state.pb-c.h"

enum {
        T_CONTRACT = RUNTIME_TABLES,
        T_OBLIGATIONS,
        T_PASSED_ON,
        T_BALANCE,
        T_NEED,
        T_DEMAND,
        T_WORK,
        T_WORKER,
        T_PERSON,
        T_SAME_PERSON,
        T_ACTIVITY,
        T_MONTH,
        T_OUTCOMES,
        T_ORGANISATION,
        T_CLOSED,
        T_OWED_CHANGE,
        T_WORK_CHANGE,
        T_DEMAND_MONTH,
        T_ACTIVITY_MONTH,
        T_SENT,
        T_SENT_BY,
        REPORTING_TABLES_END,
        REPORTING_TABLES = REPORTING_TABLES_END - RUNTIME_TABLES,
};
extern const struct table_spec reporting_tables[REPORTING_TABLES];

enum { MODALITIES = 4, CONSIDERATIONS = 5, OUTCOMES = 6, MOMENTS = 4 }; /* sizes of the enums of proto/, with 0 */

/* What is asked of companies, for a year and a territory. */
struct demand {
        uint32_t contracts;
        uint32_t by_consideration[CONSIDERATIONS];
        uint32_t with_clause;
        uint32_t obligations;
        uint32_t needs;
        uint32_t positions;
        int64_t due_hundredths;
        int64_t remaining_hundredths,
                surplus_hundredths; /* sums over obligations, of what is left and of what is over */
        int64_t waived_hundredths;
};

/* What is demanded of an obligation. One that was withdrawn counts in nothing, and its work waits for it. */
struct owed {
        int64_t due_hundredths;
        uint32_t is_gone;
        uint32_t unused;
};

/* Hours that an obligation owes no more without anybody having worked them. */
struct passed_on {
        int64_t transferred_hundredths; /* to other obligations; negative: taken over from them */
        int64_t waived_hundredths;      /* by the buyer */
};

/* What an obligation still owes, by the ledger of contracts (negative: more was done), and where that is summed. */
struct balance {
        int64_t remaining_hundredths;
        uint32_t year;
        uint32_t is_counted; /* in `demand`: not that of a private contract */
        char territory[8];
};

/* A need, and where it is counted, unless its contract is private. */
struct need {
        uint32_t year;
        uint32_t positions;
        char territory[8];
};

struct work_done {
        int64_t hundredths[MODALITIES]; /* validated hours of persons */
        int64_t converted_hundredths;   /* from invoices */
        uint32_t placements[MODALITIES];
};

/* The placements of a person under an obligation; of one whose hours were taken over, lines of these. */
struct worker {
        uint32_t placements[MODALITIES];
};

/* What one event did to the work of an obligation. */
struct work_change {
        int64_t recorded_at_ms;
        int64_t hundredths; /* by `modality` */
        int64_t converted_hundredths;
        struct id beneficiary; /* of placements */
        int32_t placements;
        uint32_t modality;
        uint32_t cause; /* ChangeCause */
        int32_t day;    /* on which it happened */
        int32_t month;  /* of work; 0: none */
        int32_t lines;  /* of a person whose hours were taken over: as many more, or fewer; no placement */
};

/* What the events of one cause that were recorded in one month did to the sums of a year and territory. Not persons:
 * which event makes somebody count once depends on the order of the partitions. */
struct counted {
        int64_t due_hundredths, remaining_hundredths, surplus_hundredths, waived_hundredths;
        int64_t done_hundredths, converted_hundredths;
        int32_t contracts, with_clause, obligations, needs, positions;
        int32_t placements;
};

/* The hours of one file of a person in one year and department, by modality. A row is an array of these, ascending. */
enum { PERSON_YEARS_MAX = 64 };
struct person_year {
        int64_t hundredths[MODALITIES];
        uint32_t year;
        char territory[4];
};

/* What was done, for a year and a territory. */
struct activity {
        int64_t hundredths[MODALITIES];
        int64_t converted_hundredths;
        uint32_t persons;
        uint32_t persons_by_modality[MODALITIES];
        uint32_t placements[MODALITIES]; /* opened in the year */
        uint32_t outcomes[OUTCOMES];
        uint32_t unused;
};

/* Of a month, for a territory: what was worked in it, and the invoices of it that were turned into hours. */
struct month_hours {
        int64_t worked_hundredths, converted_hundredths;
};

/* What became of those whose placement ended in a year, at a moment. Of the end itself, `activity` tells the outcomes,
 * not known ones too. */
struct told {
        uint32_t outcomes[OUTCOMES];
        uint32_t not_reached;
        uint32_t unused;
};

/* Read a row of numbers into *ret, zeros where there is none. Write it back whole. */
void row_get(struct txn *txn, size_t table, const struct key *key, void *ret, size_t size);
void row_put(struct txn *txn, size_t table, const struct key *key, const void *row, size_t size);

#define EVERYWHERE "*" /* of sums by month: all territories, those that are not told too */

uint32_t year_of_day(struct day day);
struct key scope_key(uint32_t year, const char *territory);
/* Reads such a key back. */
uint32_t scope_year(struct slice key);
const char *scope_territory(struct slice key);

/* What the rows of an event's changes begin with, in T_OWED_CHANGE and T_WORK_CHANGE. */
struct key change_key(struct id contract_or_obligation, const char *source, uint64_t number);

Reporting__SentReportRow *sent_get(struct txn *txn, struct id report, struct arena *arena); /* NULL: unknown */
void sent_put(struct txn *txn, struct id report, const Reporting__SentReportRow *row, struct arena *arena);
/* Newest first. `contract`: NULL: all; the zero id: those of no contract. */
void sent_walk(struct txn *txn, const struct id *contract, struct slice after, struct walk *ret);

/* All files of the person who has this one; it alone where it is merged with none. Of two files is kept how often it
 * was said that they are one person's, less how often that they are not: partitions may tell it in any order. */
enum { SAME_PERSON_MAX = 64 };
struct same_person {
        struct id at[SAME_PERSON_MAX]; /* the first is the one that was asked for */
        size_t count;
};
void same_person(struct txn *txn, struct id id, struct same_person *ret);
void same_person_put(struct txn *txn, struct id id, struct id other, int32_t by);
/* One of her files, the same whichever is asked for. */
struct id same_person_first(struct txn *txn, struct id id);

Reporting__ContractRow *contract_get(struct txn *txn, struct id contract, struct arena *arena); /* NULL: unknown */
void contract_put(struct txn *txn, struct id contract, const Reporting__ContractRow *row, struct arena *arena);
void contract_remove(struct txn *txn, struct id contract);

#endif
