#include "services/contracts/agreements/agreements_rows.h"

#include <string.h>

#include "common/store/index.h"
#include "services/contracts/clauses/clauses_rows.h"
#include "services/contracts/ledger/stage.h"

static const struct slice nothing;

Contracts__AgreementRow *agreement_row_find(struct txn *txn, struct arena *arena, struct id agreement)
{
        return contracts_row_find(txn, T_AGREEMENT, agreement, &contracts__agreement_row__descriptor, arena);
}

static void rows_of_agreement(const void *record, struct index_rows *rows)
{
        const Contracts__AgreementRow *row = record;
        index_id(rows, T_AGREEMENT_BY_BUYER, key_of_text(row->agreement->buyer_siret), id_of(row->agreement_id));
}

void agreement_row_put(struct txn *txn, struct arena *arena, const Contracts__AgreementRow *row)
{
        struct id id = id_of(row->agreement_id);
        const Contracts__AgreementRow *old = agreement_row_find(txn, arena, id);
        contracts_row_put(txn, T_AGREEMENT, id, row, arena);
        index_move(txn, rows_of_agreement, old, row); /* a draft may change its buyer */
}

void agreements_walk(struct txn *txn, struct slice before, struct walk *ret)
{
        struct key all = key_empty();
        walk_down(txn, T_AGREEMENT, all, before, ret);
}

void agreements_walk_of_buyer(struct txn *txn, const char *siret, struct slice after, struct walk *ret)
{
        struct key prefix = key_of_text(siret);
        walk_up(txn, T_AGREEMENT_BY_BUYER, prefix, after, ret);
}

/* ---- followed contracts: the tables of files and clauses, both by contract, read side by side */

static bool is_followed(struct txn *txn, struct id contract, const Contracts__ContractFile *file)
{
        struct walk walk;
        struct id clause;
        contracts_walk_clauses_of_contract(txn, contract, &walk);
        bool has_clause = walk_next(&walk, &clause);
        walk_end(&walk);
        if (file != NULL && file->declined)
                return false;
        return has_clause || contract_file_follows(file);
}

bool contract_is_followed(struct txn *txn, struct arena *arena, struct id contract)
{
        return is_followed(txn, contract, contracts_file_find(txn, arena, contract));
}

bool followed_rows_has(const struct summed *summed)
{
        return is_followed(summed->txn, summed->contract, summed->file);
}

void followed_rows_of(const void *record, struct index_rows *rows)
{
        const struct summed *summed = record;
        struct key year = key_empty(), key = key_of_text(summed->record->buyer_siret);
        const Types__Day *on = summed->record->notified_on;
        key_u32(&year, on == NULL ? 0 : (uint32_t)day_civil(day_of(on)).year);
        key_id(&key, summed->contract);
        index_row(rows, T_FOLLOWED_BY_BUYER, key, key_slice(&year));
}

void followed_walk_of_buyer(struct txn *txn, const char *siret, struct slice after, struct walk *ret)
{
        struct key prefix = key_of_text(siret);
        walk_up(txn, T_FOLLOWED_BY_BUYER, prefix, after, ret);
}

uint32_t followed_year_notified(const struct walk *walk)
{
        return key_read_u32(walk->scan.value, 0);
}

static void next_file(struct followed_walk *walk)
{
        walk->has_file = scan_next(&walk->files);
        if (walk->has_file)
                walk->file = key_read_id(walk->files.key, 0);
}

/* A contract has one clause a lot: the next one that is another contract's. */
static void next_clause(struct followed_walk *walk)
{
        struct id last = walk->clause;
        do {
                walk->has_clause = scan_next(&walk->clauses);
                if (walk->has_clause)
                        walk->clause = key_read_id(walk->clauses.key, 0);
        } while (walk->has_clause && id_equal(walk->clause, last));
}

void followed_walk(struct txn *txn, struct arena *arena, struct id after, struct followed_walk *ret)
{
        *ret = (struct followed_walk){.txn = txn, .arena = arena};
        ret->from = key_of_id(after);
        key_u32(&ret->from, UINT32_MAX); /* behind its row and its lots */
        ret->files = scan_from(txn, T_FILE, nothing, key_slice(&ret->from));
        ret->clauses = scan_from(txn, T_CLAUSE_BY_LOT, nothing, key_slice(&ret->from));
        next_file(ret);
        next_clause(ret);
}

static struct id step(struct followed_walk *walk)
{
        int order = !walk->has_clause ? -1
                    : !walk->has_file ? 1
                                      : memcmp(walk->file.b, walk->clause.b, sizeof(walk->file.b));
        struct id id = order <= 0 ? walk->file : walk->clause;
        if (order <= 0)
                next_file(walk);
        if (order >= 0)
                next_clause(walk);
        return id;
}

bool followed_next(struct followed_walk *walk, struct id *ret, bool *ret_followed)
{
        if (!walk->has_file && !walk->has_clause)
                return false;
        *ret = step(walk);
        *ret_followed = contract_is_followed(walk->txn, walk->arena, *ret);
        return true;
}

void followed_end(struct followed_walk *walk)
{
        scan_end(&walk->files);
        scan_end(&walk->clauses);
}
