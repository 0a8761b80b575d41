/* twin_publications: publications that may be of one contract, newest first, two by two, without those that
 * a person dismissed. The machine lists them, a person joins them.
 * Caller: facilitator, coordinator, auditor; a buyer: its own.  Refuses: INVALID_FIELD (buyer_siret). */
#include "contracts/calls.h"
#include "services/contracts/publication/publication.h"

#include <string.h>

#include "common/base/french.h"
#include "common/service/page.h"
#include "services/contracts/publication/publication_rows.h"
#include "services/contracts/publication/twins.h"
#include "services/contracts/ledger/ledger_access.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/record_rows.h"

enum { REASONS = 2, ALIKE_MAX = 50 /* beyond, they are lots that share everything */ };

static Contracts__DoublePublication *publication_of(const struct work *work, struct id id,
                                                    const Contracts__ContractRecord *record)
{
        Contracts__DoublePublication *one = pb_new(&contracts__double_publication__descriptor, work->arena);
        one->contract_id = id_to(work->arena, id);
        one->number = record->number;
        one->amount = record->amount;
        one->published_on = record->published_on;
        one->modifications = (uint32_t)record->n_modifications;
        one->followed = publication_is_followed(work->txn, work->arena, id);
        return one;
}

/* Whether `a` is the one to keep: it is followed here, or tells more, or is the later one. */
static bool is_kept(const Contracts__DoublePublication *a, const Contracts__DoublePublication *b)
{
        if (a->followed != b->followed)
                return a->followed;
        if (a->modifications != b->modifications)
                return a->modifications > b->modifications;
        return (a->published_on == NULL ? 0 : a->published_on->days) >=
               (b->published_on == NULL ? 0 : b->published_on->days);
}

static void add_reasons(const struct work *work, Contracts__ProbableDouble *pair)
{
        const Types__Money *a = pair->contract->amount, *b = pair->twin->amount;
        pair->reasons = arena_alloc(work->arena, REASONS * sizeof(*pair->reasons));
        pair->reasons[pair->n_reasons++] =
                arena_printf(work->arena, "mêmes acheteur, objet, titulaires et date ; numéros proches : %s et %s",
                             pair->contract->number, pair->twin->number);
        if (a != NULL && b != NULL && a->cents != b->cents)
                pair->reasons[pair->n_reasons++] =
                        arena_printf(work->arena, "montants à moins d'un euro : %s et %s",
                                     french_money(work->arena, money_of(a)), french_money(work->arena, money_of(b)));
}

static Contracts__ProbableDouble *pair_of(const struct work *work, struct id id,
                                          const Contracts__ContractRecord *record, struct id other_id,
                                          const Contracts__ContractRecord *other)
{
        Contracts__ProbableDouble *pair = pb_new(&contracts__probable_double__descriptor, work->arena);
        Contracts__DoublePublication *one = publication_of(work, id, record),
                                     *two = publication_of(work, other_id, other);
        bool first = is_kept(one, two);
        pair->buyer_siret = record->buyer_siret;
        pair->buyer_name = record->buyer_name;
        pair->object = record->object;
        pair->notified_on = record->notified_on;
        pair->contract = first ? one : two;
        pair->twin = first ? two : one;
        add_reasons(work, pair);
        return pair;
}

/* Security: what is joined is decided; a record that became private is for its own. */
static const Contracts__ContractRecord *candidate(const struct work *work, struct id id, const char *siret)
{
        struct id joined;
        const Contracts__ContractRecord *record =
                publication_is_twin(work->txn, id, &joined) ? NULL : contracts_record_find(work->txn, work->arena, id);
        bool is_wanted = record != NULL && (siret[0] == '\0' || strcmp(record->buyer_siret, siret) == 0);
        return is_wanted && access_contract(work, id, record) ? record : NULL;
}

/* The pairs of one with those that come behind it, so that each is told once. */
static void add_pairs(struct work *work, struct id id, const Contracts__ContractRecord *record, struct page *page)
{
        struct walk walk;
        struct id other;
        bool is_behind = false;

        publication_walk_alike_to(work->txn, work->arena, record, &walk);
        for (size_t looked = 0; looked < ALIKE_MAX && walk_next(&walk, &other); looked++) {
                const Contracts__ContractRecord *found = is_behind ? candidate(work, other, "") : NULL;
                is_behind = is_behind || id_equal(other, id);
                if (found != NULL && twins_are_near(record, found) && !twins_are_dismissed(work, id, other))
                        page_add(page, pair_of(work, id, record, other, found));
        }
        walk_end(&walk);
}

struct reply handle_twin_publications(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__TwinPublicationsRequest *query = (const Contracts__TwinPublicationsRequest *)message;
        Contracts__TwinPublicationsReply *reply = pb_new(&contracts__twin_publications_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        char siret[SIRET_TEXT_SIZE];
        struct refusal refusal;
        struct walk walk;
        struct id id;

        if (!access_buyer_asked(work, query->buyer_siret, siret, &refusal))
                return reply_refusal(work, &refusal);
        publication_walk_alike(work->txn, page.after, &walk);
        while (page_next(&page, &walk, &id)) {
                const Contracts__ContractRecord *record = candidate(work, id, siret);
                if (record != NULL)
                        add_pairs(work, id, record, &page);
        }
        return page_reply(&page);
}
