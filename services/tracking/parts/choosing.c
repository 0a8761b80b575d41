#include "services/tracking/parts/choosing.h"

#include "services/tracking/invoices/invoices_rows.h"
#include "services/tracking/parts/selection.h"
#include "services/tracking/persons/persons_rows.h"

static void add_id(Types__Id ***ids, size_t *count, struct id id, struct arena *arena)
{
        *ids = pb_append(*ids, count, sizeof(**ids), arena);
        (*ids)[*count - 1] = id_to(arena, id);
}

static bool has(const struct part_chosen *chosen, struct id id)
{
        for (size_t i = 0; i < chosen->person_count; i++)
                if (id_equal(id_of(chosen->persons[i]), id))
                        return true;
        return false;
}

/* All files of one person go together, the one that goes on first. */
static void add_files(struct txn *txn, struct id id, struct part_chosen *chosen, struct arena *arena)
{
        struct files files = identity_files(txn, id);
        for (size_t i = 0; i < files.count; i++)
                if (!has(chosen, files.at[i]))
                        add_id(&chosen->persons, &chosen->person_count, files.at[i], arena);
}

static struct part_chosen choose_person(struct txn *txn, const Tracking__PartChoice *choice, struct part_cursor *cursor,
                                        struct arena *arena)
{
        struct part_chosen chosen = {0};
        struct id id = id_of(choice->of_person);
        cursor->is_done = tracking_beneficiary(txn, id, arena) == NULL;
        if (!cursor->is_done)
                add_files(txn, id, &chosen, arena);
        return chosen;
}

/* What a step carries is bounded by their work contracts too, but for one person's. */
static size_t placements_of(struct txn *txn, struct id id, struct arena *arena)
{
        const Tracking__BeneficiaryRow *row = tracking_beneficiary(txn, id, arena);
        return row == NULL ? 0 : row->placements;
}

/* True: the walk has come to its end. */
static bool choose_persons(struct txn *txn, const Tracking__PartChoice *choice, struct part_cursor *cursor,
                           struct arena *arena, struct part_chosen *ret)
{
        struct walk walk;
        struct id id, found[PART_PERSONS_OF_A_STEP];
        size_t looked_at = 0, count = 0, placements = 0;
        bool more = true;
        persons_walk(txn, LIST_BENEFICIARIES_OF_TERRITORY, key_of_text(choice->of_territory),
                     id_is_zero(cursor->after) ? slice_of(NULL, 0) : id_slice(&cursor->after), &walk);
        while (looked_at++ < PART_LOOKED_AT && count < PART_PERSONS_OF_A_STEP &&
               placements < PART_PLACEMENTS_OF_A_STEP && (more = walk_next(&walk, &id))) {
                cursor->after = id;
                if (!part_has_person(txn, choice, id, arena))
                        continue;
                found[count++] = id;
                placements += placements_of(txn, id, arena);
        }
        walk_end(&walk);
        for (size_t i = 0; i < count; i++)
                add_files(txn, found[i], ret, arena);
        return !more;
}

static bool choose_invoices(struct txn *txn, const Tracking__PartChoice *choice, struct part_cursor *cursor,
                            struct arena *arena, struct part_chosen *ret)
{
        struct walk walk;
        struct id id;
        size_t looked_at = 0;
        bool more = true;
        invoices_walk(txn, LIST_INVOICES, key_empty(),
                      id_is_zero(cursor->after) ? slice_of(NULL, 0) : id_slice(&cursor->after), &walk);
        while (looked_at++ < PART_LOOKED_AT && ret->invoice_count < PART_PERSONS_OF_A_STEP &&
               (more = walk_next(&walk, &id))) {
                const Tracking__InvoiceRow *row = tracking_invoice(txn, id, arena);
                cursor->after = id;
                if (row != NULL && part_has_invoice(choice, id, row->invoice->territory))
                        add_id(&ret->invoices, &ret->invoice_count, id, arena);
        }
        walk_end(&walk);
        return !more;
}

struct part_chosen part_choose(struct txn *txn, const Tracking__PartChoice *choice, struct part_cursor *cursor,
                               struct arena *arena)
{
        struct part_chosen chosen = {0};
        if (choice->of_person != NULL)
                return choose_person(txn, choice, cursor, arena);
        bool at_end = cursor->are_invoices ? choose_invoices(txn, choice, cursor, arena, &chosen)
                                           : choose_persons(txn, choice, cursor, arena, &chosen);
        cursor->found_any = cursor->found_any || chosen.person_count > 0 || chosen.invoice_count > 0;
        if (!at_end)
                return chosen;
        cursor->after = (struct id){{0}};
        if (!cursor->are_invoices) {
                cursor->are_invoices = true;
                return chosen;
        }
        cursor->are_invoices = false;
        cursor->is_done = !cursor->found_any;
        cursor->found_any = false;
        return chosen;
}
