/* enter_reserved: the first entry of a reserved contract, in five fields: buyer, object, holder, ground, day. The
 * contract is found by its buyer, day, and holder or object; where there is none, it is opened.
 * Caller: facilitator, coordinator.  Emits: ContractOpened where it was not known, ReservedRecorded.
 * Refuses: INVALID_FIELD (each of the five, territories), NOT_ALLOWED, ALREADY_EXISTS (several contracts fit, or the
 * one that fits is entered). */
#include "contracts/calls.h"
#include "services/contracts/reserved/reserved.h"

#include <string.h>

#include "common/base/text.h"
#include "common/codec/types.h"
#include "services/contracts/clauses/clause.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/contract.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"
#include "services/contracts/reserved/reserved_entry.h"

/* ---- the five fields */

static bool check_holder(const Contracts__EnterReserved *command, struct refusal *ret_refusal)
{
        if (text_is_empty(command->holder_siret) && text_is_empty(command->holder_name))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "holder_siret",
                              "Le titulaire manque : donnez son SIRET, ou au moins son nom.");
        if (command->kind == CONTRACTS__CONTRACT_KIND__PRIVATE)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "kind",
                              "Un contrat privé n'est pas réservé au sens du code : choisissez MARKET ou CONCESSION.");
        return true;
}

static Contracts__ReservedEntry *entry_of(const struct work *work, const Contracts__EnterReserved *command)
{
        Contracts__ReservedEntry *entry = pb_new(&contracts__reserved_entry__descriptor, work->arena);
        entry->grounds = arena_alloc(work->arena, sizeof(*entry->grounds));
        entry->grounds[0] = command->ground;
        entry->n_grounds = 1;
        entry->involvement = command->involvement;
        entry->follows_persons = command->follows_persons;
        entry->holder_siret = command->holder_siret;
        entry->holder_name = command->holder_name;
        entry->notified_on = command->notified_on;
        return entry;
}

/* ---- a contract that is known already */

static bool has_holder(const Contracts__ContractRecord *record, const char *siret)
{
        for (size_t i = 0; i < record->n_contractors; i++)
                if (strncmp(record->contractors[i]->value, siret, SIRET_TEXT_SIZE - 1) == 0)
                        return true;
        return false;
}

static bool fits(const Contracts__ContractRecord *record, const Contracts__EnterReserved *command)
{
        if (record->kind == CONTRACTS__CONTRACT_KIND__PRIVATE || record->notified_on == NULL ||
            record->notified_on->days != command->notified_on->days)
                return false;
        return strcmp(record->object, command->object) == 0 ||
               (command->holder_siret[0] != '\0' && has_holder(record, command->holder_siret));
}

/* How many fit; the last of them in *ret. */
static size_t find(const struct work *work, const Contracts__EnterReserved *command, struct loaded_contract *ret)
{
        struct walk walk;
        struct id id;
        size_t count = 0;

        contracts_walk_records_of_buyer(work->txn, command->buyer_siret, "", slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id)) {
                Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, id);
                if (record == NULL || !fits(record, command))
                        continue;
                *ret = (struct loaded_contract){id, record, NULL};
                count++;
        }
        walk_end(&walk);
        if (count > 0)
                ret->file = contracts_file_find(work->txn, work->arena, ret->id);
        return count;
}

static bool check_found(const struct work *work, const struct loaded_contract *loaded, size_t count,
                        struct refusal *ret_refusal)
{
        if (count > 1)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__ALREADY_EXISTS, "object",
                              "Plusieurs contrats de cet acheteur ont ce titulaire ou cet objet à cette date : "
                              "choisissez celui qui est réservé et complétez-le par RecordReserved.");
        /* Security: a facilitator acts where one of its territories is concerned. */
        if (!access_file(work, loaded->id, loaded->record))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "buyer_siret",
                              "Ce contrat est publié dans un autre territoire que le vôtre : adressez-vous au "
                              "facilitateur qui le suit.");
        if (loaded->file != NULL && loaded->file->reserved != NULL && loaded->file->reserved->n_entries > 0)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__ALREADY_EXISTS, "object",
                              "Ce contrat réservé est déjà saisi : complétez-le par RecordReserved.");
        return true;
}

/* ---- one that is not */

/* Nothing says where it is carried out: the territories told, else those of the facilitator who enters it. */
static bool territories_of(const struct work *work, const Contracts__EnterReserved *command,
                           const Contracts__ContractRecord *record, struct territories *ret,
                           struct refusal *ret_refusal)
{
        struct territories asked = {command->territories, command->n_territories};
        bool is_everywhere = work->actor->n_territories > 0 && strcmp(work->actor->territories[0], "*") == 0;
        if (asked.count == 0 && !is_everywhere)
                asked = (struct territories){work->actor->territories, work->actor->n_territories};
        if (asked.count == 0)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "territories",
                              "Indiquez le département du contrat : le vôtre n'en désigne aucun en particulier.");
        if (!clause_territories(&asked, record, work->arena, ret, ret_refusal))
                return false;
        /* Security: a facilitator acts where one of its territories is concerned. */
        if (!access_territories(work, ret->codes, ret->count))
                return refuse(
                        ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "territories",
                        "Aucun de ces départements n'est dans votre territoire : adressez-vous au facilitateur qui "
                        "suit ce contrat.");
        return true;
}

static Contracts__ContractRecord *record_of(const struct work *work, const Contracts__EnterReserved *command)
{
        Contracts__ContractRecord *record = pb_new(&contracts__contract_record__descriptor, work->arena);
        record->kind = command->kind == CONTRACTS__CONTRACT_KIND__CONTRACT_KIND_UNKNOWN
                               ? CONTRACTS__CONTRACT_KIND__MARKET
                               : command->kind;
        record->format = CONTRACTS__RECORD_FORMAT__OURS;
        record->buyer_siret = command->buyer_siret;
        record->buyer_name = command->buyer_name;
        record->object = command->object;
        record->notified_on = command->notified_on;
        record->social = arena_alloc(work->arena, sizeof(*record->social));
        record->social[0] = CONTRACTS__SOCIAL_CONSIDERATION__RESERVED;
        record->n_social = 1;

        Contracts__CompanyId *holder = pb_new(&contracts__company_id__descriptor, work->arena);
        holder->kind = command->holder_siret[0] == '\0' ? CONTRACTS__COMPANY_ID_KIND__COMPANY_ID_KIND_UNKNOWN
                                                        : CONTRACTS__COMPANY_ID_KIND__SIRET;
        holder->value = command->holder_siret;
        holder->name = command->holder_name;
        record->contractors = arena_alloc(work->arena, sizeof(*record->contractors));
        record->contractors[0] = holder;
        record->n_contractors = 1;
        return record;
}

static bool open_contract(struct work *work, const Contracts__EnterReserved *command, struct loaded_contract *ret,
                          struct refusal *ret_refusal)
{
        struct territories territories;
        struct loaded_contract loaded = {.record = record_of(work, command)};
        if (!contract_check_ours(loaded.record, ret_refusal) ||
            !territories_of(work, command, loaded.record, &territories, ret_refusal))
                return false;
        loaded.id = work_new_id(work);

        Contracts__ContractOpened body = CONTRACTS__CONTRACT_OPENED__INIT;
        body.contract_id = id_to(work->arena, loaded.id);
        body.record = loaded.record;
        body.territories = territories.codes;
        body.n_territories = territories.count;
        work_record(work, &body.base);
        *ret = loaded;
        return true;
}

struct reply handle_enter_reserved(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__EnterReserved *command = (const Contracts__EnterReserved *)message;
        Contracts__ReservedEntry *entry = entry_of(work, command);
        struct loaded_contract loaded;
        struct refusal refusal;

        if (!check_holder(command, &refusal) || !reserved_entry_check(entry, "", &refusal))
                return reply_refusal(work, &refusal);
        size_t count = find(work, command, &loaded);
        if (count > 0 ? !check_found(work, &loaded, count, &refusal) : !open_contract(work, command, &loaded, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__ReservedRecorded body = CONTRACTS__RESERVED_RECORDED__INIT;
        body.contract_id = id_to(work->arena, loaded.id);
        body.entry = entry;
        body.buyer_siret = loaded.record->buyer_siret;
        body.opened = count == 0;
        work_record(work, &body.base);

        Contracts__EnterReservedReply *reply = pb_new(&contracts__enter_reserved_reply__descriptor, work->arena);
        reply->contract_id = body.contract_id;
        reply->opened = count == 0;
        reply->check = reserved_entry_findings(work, &loaded, entry);
        return reply_ok(work, reply);
}
