#include "services/tracking/referrals/known_persons.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/require.h"
#include "common/base/text.h"
#include "services/tracking/persons/persons_rows.h"
#include "tracking/state.pb-c.h"

enum { FOLDED_SIZE = 256, ROWS_SPARED = 16 /* for her row, and what comes behind */ };

void person_hash(const struct known_persons *known, const Tracking__Identity *identity,
                 uint8_t ret_hash[PERSON_HASH_SIZE])
{
        char family[FOLDED_SIZE], given[FOLDED_SIZE], whole[2 * FOLDED_SIZE + 16];
        text_fold(identity->family_name, family, sizeof(family));
        text_fold(identity->given_name, given, sizeof(given));
        (void)snprintf(whole, sizeof(whole), "%s|%s|%d", family, given,
                       identity->born_on == NULL ? 0 : (int)identity->born_on->days);
        require(crypto_generichash(ret_hash, PERSON_HASH_SIZE, (const uint8_t *)whole, strlen(whole), known->key,
                                   sizeof(known->key)) == 0);
        sodium_memzero(whole, sizeof(whole));
}

static int compare(const void *a, const void *b)
{
        return memcmp(((const struct known_person *)a)->hash, ((const struct known_person *)b)->hash, PERSON_HASH_SIZE);
}

/* Adds her where the file is one of those, and opens. `scratch`: of one person. */
static void look_at(const struct work *scratch, struct id id, const struct whose_persons *whose,
                    struct known_persons *known, struct arena *arena)
{
        int err;
        const Tracking__BeneficiaryRow *row = tracking_beneficiary(scratch->txn, id, scratch->arena);
        if (row == NULL || strcmp(row->territory, whose->territory) != 0 ||
            !id_equal(id_of(row->prescriber), whose->prescriber) || row->restriction_code[0] != '\0' || row->archived)
                return;
        const Tracking__Sealed *content =
                work_unseal(scratch, id, pb_slice(row->sealed_identity), &tracking__sealed__descriptor, &err);
        if (content == NULL || content->content_case != TRACKING__SEALED__CONTENT_IDENTITY)
                return;
        known->at = pb_append(known->at, &known->count, sizeof(*known->at), arena);
        known->at[known->count - 1].id = id;
        person_hash(known, content->identity, known->at[known->count - 1].hash);
}

/* A query is told how much it may read; a command is not. */
static bool may_look(const struct work *work)
{
        return !work->read_only || txn_rows_left(work->txn) > ROWS_SPARED;
}

bool known_persons_of(const struct work *work, const struct whose_persons *whose, struct known_persons *ret,
                      struct refusal *ret_refusal)
{
        scoped(arena_fini) struct arena arena = {0};
        struct work scratch = *work;
        struct walk walk;
        struct id id;
        bool may_go_on = true;

        *ret = (struct known_persons){0};
        randombytes_buf(ret->key, sizeof(ret->key));
        scratch.arena = &arena;
        if (id_is_zero(whose->prescriber))
                persons_walk(work->txn, LIST_BENEFICIARIES_OF_TERRITORY, key_of_text(whose->territory),
                             slice_of(NULL, 0), &walk);
        else
                persons_walk(work->txn, LIST_BENEFICIARIES_OF_PRESCRIBER, key_of_id(whose->prescriber),
                             slice_of(NULL, 0), &walk);
        while ((may_go_on = may_look(work)) && walk_next(&walk, &id)) {
                look_at(&scratch, id, whose, ret, work->arena);
                arena_reset(&arena);
        }
        walk_end(&walk);
        if (ret->count > 0)
                qsort(ret->at, ret->count, sizeof(*ret->at), compare);
        return may_go_on || refuse(ret_refusal, TYPES__REFUSAL_CODE__TOO_LARGE, "prescriber",
                                   "Ce prescripteur a orienté trop de personnes dans le département pour qu'un aperçu "
                                   "les compare toutes. Importez la liste : l'import, lui, les compare, et s'annule.");
}

bool known_person_find(const struct known_persons *known, const uint8_t hash[PERSON_HASH_SIZE], struct id *ret)
{
        struct known_person wanted = {.id = {{0}}};
        memcpy(wanted.hash, hash, PERSON_HASH_SIZE);
        const struct known_person *found =
                known->count == 0 ? NULL : bsearch(&wanted, known->at, known->count, sizeof(*known->at), compare);
        if (found != NULL)
                *ret = found->id;
        return found != NULL;
}
