#include "services/tracking/persons/known.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/require.h"
#include "services/tracking/persons/identity_keys.h"
#include "services/tracking/persons/persons_rows.h"

enum { HOLDERS_IN_ALL_MAX = 512, NONCE_SIZE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES };

/* ---- digests */

static void derive(const uint8_t key[32], const char *what, uint8_t *ret, size_t size)
{
        require(crypto_generichash(ret, size, (const uint8_t *)what, strlen(what), key, 32) == 0);
}

void digest_maker_make(const uint8_t key[32], struct digest_maker *ret)
{
        char form[48];
        (void)snprintf(form, sizeof(form), "guichet identity, form %d", IDENTITY_KEYS_FORM);
        derive(key, "guichet identity digests", ret->digest_key, sizeof(ret->digest_key));
        derive(key, "guichet identity tickets", ret->ticket_key, sizeof(ret->ticket_key));
        derive(key, form, ret->made_with, sizeof(ret->made_with));
}

bool digests_are_made_with(const struct digest_maker *maker, const Tracking__PersonDigests *digests)
{
        return digests->made_with.len == sizeof(maker->made_with) &&
               memcmp(digests->made_with.data, maker->made_with, sizeof(maker->made_with)) == 0;
}

/* The digests of the keys of one sureness, one after the other. */
static ProtobufCBinaryData digests_that(const struct digest_maker *maker, const struct identity_keys *keys,
                                        Tracking__Sureness sureness, struct arena *arena)
{
        uint8_t *bytes = arena_alloc(arena, keys->count * DIGEST_SIZE + 1);
        size_t size = 0;
        for (size_t i = 0; i < keys->count; i++) {
                if (keys->at[i].sureness != sureness)
                        continue;
                derive(maker->digest_key, keys->at[i].text, bytes + size, DIGEST_SIZE);
                size += DIGEST_SIZE;
        }
        return pb_bytes(slice_of(bytes, size));
}

Tracking__PersonDigests *digests_of(const struct digest_maker *maker, const Tracking__Identity *identity,
                                    struct arena *arena)
{
        struct identity_keys keys;
        Tracking__PersonDigests *digests = pb_new(&tracking__person_digests__descriptor, arena);
        digests->made_with = pb_bytes(arena_copy_slice(arena, slice_of(maker->made_with, sizeof(maker->made_with))));
        identity_keys_held(identity, &keys);
        digests->same = digests_that(maker, &keys, TRACKING__SURENESS__SAME_IDENTITY, arena);
        digests->probable = digests_that(maker, &keys, TRACKING__SURENESS__PROBABLE, arena);
        digests->possible = digests_that(maker, &keys, TRACKING__SURENESS__POSSIBLE, arena);
        identity_keys_asked(identity, &keys);
        digests->asked = digests_that(maker, &keys, TRACKING__SURENESS__POSSIBLE, arena);
        sodium_memzero(&keys, sizeof(keys));
        return digests;
}

/* ---- who holds them */

static void add_known(struct known_list *list, struct id id, Tracking__Sureness sureness)
{
        for (size_t i = 0; i < list->count; i++)
                if (id_equal(list->at[i].id, id))
                        return; /* the surest come first */
        if (list->count < KNOWN_MAX)
                list->at[list->count++] = (struct known){id, sureness};
}

static void find_by(struct txn *txn, ProtobufCBinaryData digests, Tracking__Sureness sureness, struct known_list *list,
                    size_t *left)
{
        for (size_t at = 0; at + DIGEST_SIZE <= digests.len; at += DIGEST_SIZE) {
                struct walk walk;
                struct id id;
                identity_holders(txn, digests.data + at, &walk);
                for (size_t i = 0; i<HOLDERS_MAX && * left> 0 && walk_next(&walk, &id); i++, (*left)--)
                        add_known(list, id, sureness);
                walk_end(&walk);
        }
}

void known_find(struct txn *txn, const Tracking__PersonDigests *asked, struct known_list *ret)
{
        size_t left = HOLDERS_IN_ALL_MAX;
        ret->count = 0;
        find_by(txn, asked->same, TRACKING__SURENESS__SAME_IDENTITY, ret, &left);
        find_by(txn, asked->probable, TRACKING__SURENESS__PROBABLE, ret, &left);
        find_by(txn, asked->asked, TRACKING__SURENESS__POSSIBLE, ret, &left);
}

void digests_pair(Tracking__PersonDigests *digests, const struct known_list *known, struct id self, struct arena *arena)
{
        for (size_t i = 0; i < known->count && digests->n_pairs < PAIRS_MAX; i++) {
                if (id_equal(known->at[i].id, self))
                        continue;
                Tracking__PairFound *found = pb_new(&tracking__pair_found__descriptor, arena);
                found->id = id_to(arena, known->at[i].id);
                found->sureness = known->at[i].sureness;
                digests->pairs = pb_append(digests->pairs, &digests->n_pairs, sizeof(*digests->pairs), arena);
                digests->pairs[digests->n_pairs - 1] = found;
        }
}

/* ---- what is told of them */

/* Security: whose file it is learns which; others learn the territory alone. */
static bool may_know_which(const struct work *work, const Tracking__BeneficiaryRow *row)
{
        if (work->actor->role == TYPES__ROLE__PRESCRIBER)
                return passport_is_organisation(work->actor, id_of(row->prescriber));
        return work->actor->role == TYPES__ROLE__FACILITATOR && passport_covers(work->actor, row->territory);
}

static bool is_told(Tracking__KnownPersonLine *const *lines, size_t count, const char *territory)
{
        for (size_t i = 0; i < count; i++)
                if (lines[i]->beneficiary_id == NULL && strcmp(lines[i]->territory, territory) == 0)
                        return true;
        return false;
}

size_t known_lines(const struct work *work, const struct known_list *known, Tracking__KnownPersonLine **ret)
{
        size_t count = 0;
        for (size_t i = 0; i < known->count; i++) {
                const Tracking__BeneficiaryRow *row = tracking_beneficiary(work->txn, known->at[i].id, work->arena);
                if (row == NULL)
                        continue; /* the transaction has failed; its commit will tell */
                bool which = may_know_which(work, row);
                if (!which && is_told(ret, count, row->territory))
                        continue;
                Tracking__KnownPersonLine *line = pb_new(&tracking__known_person_line__descriptor, work->arena);
                line->territory = row->territory;
                line->sureness = known->at[i].sureness;
                line->beneficiary_id = which ? id_to(work->arena, known->at[i].id) : NULL;
                ret[count++] = line;
        }
        return count;
}

/* ---- tickets */

struct slice ticket_make(struct work *work, const struct digest_maker *maker, Tracking__PersonDigests *digests)
{
        Tracking__KnownTicket ticket = TRACKING__KNOWN_TICKET__INIT;
        Tracking__PersonDigests asked = *digests;
        struct world *world = work_world(work);
        unsigned long long sealed_size = 0;
        asked.possible = pb_bytes(slice_of(NULL, 0));
        asked.n_pairs = 0;
        ticket.made_at_ms = work->now_ms;
        ticket.account = id_to(work->arena, passport_account(work->actor));
        ticket.role = (uint32_t)work->actor->role;
        ticket.asked = &asked;
        struct slice plain = pb_encode(&ticket, work->arena);
        uint8_t *sealed = arena_alloc(work->arena, NONCE_SIZE + plain.size + crypto_aead_xchacha20poly1305_ietf_ABYTES);
        world->random(world, sealed, NONCE_SIZE);
        require(crypto_aead_xchacha20poly1305_ietf_encrypt(sealed + NONCE_SIZE, &sealed_size, plain.data, plain.size,
                                                           NULL, 0, NULL, sealed, maker->ticket_key) == 0);
        return slice_of(sealed, NONCE_SIZE + (size_t)sealed_size);
}

static const Tracking__KnownTicket *unseal(const struct work *work, const struct digest_maker *maker,
                                           struct slice ticket)
{
        unsigned long long size = 0;
        uint8_t *plain = arena_alloc(work->arena, ticket.size + 1);
        if (ticket.size < NONCE_SIZE + crypto_aead_xchacha20poly1305_ietf_ABYTES ||
            crypto_aead_xchacha20poly1305_ietf_decrypt(plain, &size, NULL, ticket.data + NONCE_SIZE,
                                                       ticket.size - NONCE_SIZE, NULL, 0, ticket.data,
                                                       maker->ticket_key) != 0)
                return NULL;
        return pb_decode(&tracking__known_ticket__descriptor, slice_of(plain, (size_t)size), work->arena);
}

const Tracking__PersonDigests *ticket_open(const struct work *work, const struct digest_maker *maker,
                                           struct slice ticket, struct refusal *ret_refusal)
{
        const Tracking__KnownTicket *opened = unseal(work, maker, ticket);
        const int64_t lives_ms = (int64_t)TICKET_MINUTES * 60 * 1000;
        if (opened == NULL || opened->asked == NULL || !digests_are_made_with(maker, opened->asked)) {
                (void)refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "ticket",
                             "Ce ticket ne s'ouvre pas ici : reposez la question. Si cela se répète, les services de "
                             "suivi n'ont pas la même clé des identités (keys/persons.key) : prévenez l'exploitant.");
                return NULL;
        }
        /* Security: of who asked, in the same role, for a few minutes; clocks of two machines may differ. */
        if (!id_equal(id_of(opened->account), passport_account(work->actor)) ||
            opened->role != (uint32_t)work->actor->role || opened->made_at_ms > work->now_ms + lives_ms ||
            opened->made_at_ms < work->now_ms - lives_ms) {
                (void)refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "ticket",
                             "Ce ticket est celui d'un autre, ou d'il y a plus de %d minutes : reposez la question.",
                             TICKET_MINUTES);
                return NULL;
        }
        return opened->asked;
}
