/* running_model.h: what a list has told so far, beside what is known: contracts, their clauses, who owes the hours. A
 * thing that is new is made as the event that records it later; nothing is recorded here. All is in the work's arena.
 */
#ifndef SERVICES_CONTRACTS_RUNNING_RUNNING_MODEL_H
#define SERVICES_CONTRACTS_RUNNING_RUNNING_MODEL_H

#include "services/contracts/obligations/taking_over.h"
#include "services/contracts/running/running_reading.h"

/* Of one contract in one command: what is recorded of it must fit into the one event that may take it back
 * (LIMIT_EVENT_BYTES), at some 100 bytes a line of hours and 600 a holder. */
enum { RUNNING_LINES_MAX = 600, RUNNING_HOLDERS_MAX = 60 };

struct running_obligation {
        struct loaded_obligation loaded;
        bool is_new;
        bool is_taking; /* hours: `taking` is begun */
        struct taking_over taking;
        Contracts__CaseOpened **cases; /* new ones */
        size_t case_count;
        struct judged *last; /* the last row that told hours of it */
        size_t hours_column; /* of that row */
};

struct running_clause {
        Contracts__ClausePut *put;
        bool is_new;
        struct running_obligation **owed;
        size_t count;
};

struct running_contract {
        const char *number, *buyer_siret;
        struct id id;
        const Contracts__ContractRecord *record;
        const Contracts__ContractFile *file; /* NULL: nobody has said more than its buyer */
        Contracts__ContractOpened *opened;   /* NULL: it is known */
        uint32_t presented;                  /* by the row of this number; 0: it is known */
        struct running_clause **clauses;
        size_t clause_count;
        size_t new_holders, lines;
        const Types__ListRow **presenting; /* rows that told something new of it but hours */
        size_t presenting_count;
};

/* A row that is not taken: others may have needed what it tells. */
struct running_missing {
        const char *number, *buyer_siret;
        uint32_t row;
        bool is_chosen;
        bool tells_contract, tells_owed;
};

struct running_model {
        struct work *work;
        const char *territory;
        struct running_contract **contracts;
        size_t contract_count;
        struct running_missing *missing;
        size_t missing_count;
        struct taking_overs takings;
};

/* What one row is about; what is new stands in the model only once the row is taken (running_keep()). */
struct running_place {
        struct running_contract *contract;
        struct running_clause *clause;         /* NULL: the row tells of the contract alone */
        struct running_obligation *obligation; /* the same */
        Contracts__ClausePut *put;             /* the clause with what a new obligation adds; NULL: it stays as it is */
        bool is_new_contract, is_new_clause, is_new_obligation;
};

/* False: the row has its error. */
bool running_place_contract(struct running_model *model, struct running_row *row,
                            struct running_place *place) ATTR_MUST_CHECK;
bool running_place_owed(struct running_model *model, struct running_row *row,
                        struct running_place *place) ATTR_MUST_CHECK;
void running_keep(struct running_model *model, const Types__ListRow *row, const struct running_place *place);
/* The row is not taken: rows that rest on it will say so. */
void running_miss(struct running_model *model, const struct running_row *row, uint32_t number, bool is_chosen);
/* The row that would have told what this one leaves out, of the contract or of hours that are owed; NULL: none. */
const struct running_missing *running_missed(const struct running_model *model, const struct running_row *row,
                                             bool of_owed);
bool running_rests(const struct running_missing *missing, const char *field, struct refusal *ret_refusal);

#endif
