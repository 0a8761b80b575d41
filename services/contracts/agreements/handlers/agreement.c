/* agreement.c: an agreement from its conclusion to its end. */
#include "contracts/calls.h"
#include "services/contracts/agreements/agreements.h"

#include <string.h>

#include "common/base/french.h"
#include "services/contracts/agreements/agreement_print.h"
#include "services/contracts/agreements/agreement_views.h"
#include "services/contracts/agreements/agreements_rows.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/context.h"

/* put_agreement: the draft of an agreement, or a change of one; it may be incomplete.
 * Caller: facilitator (of one of its territories), coordinator.  Emits: AgreementPut, or nothing where nothing changes.
 * Refuses: NOT_FOUND, INVALID_FIELD (agreement), NOT_ALLOWED, WRONG_STATE (signed, given up). */
static struct reply answer(struct work *work, Types__Id *id)
{
        Contracts__PutAgreementReply *reply = pb_new(&contracts__put_agreement_reply__descriptor, work->arena);
        reply->agreement_id = id;
        return reply_ok(work, reply);
}

static bool may_put(const struct work *work, const Contracts__PutAgreement *command, struct refusal *ret_refusal)
{
        if (!agreement_check(command->agreement, ret_refusal))
                return false;
        /* Security: a facilitator acts where one of its territories is concerned. */
        if (!access_territories(work, command->agreement->territories, command->agreement->n_territories))
                return refuse(
                        ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "agreement.territories",
                        "Aucun des départements de cette convention n'est dans votre territoire : adressez-vous au "
                        "facilitateur qui le suit.");
        return true;
}

struct reply handle_put_agreement(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__PutAgreement *command = (const Contracts__PutAgreement *)message;
        struct refusal refusal;
        bool is_new = id_is_zero(id_of(command->agreement_id));

        const Contracts__AgreementRow *old = is_new ? NULL : agreement_require(work, command->agreement_id, &refusal);
        if ((!is_new && old == NULL) || !may_put(work, command, &refusal))
                return reply_refusal(work, &refusal);
        if (old != NULL && (old->signed_on != NULL || old->ended_on != NULL))
                return reply_refuse(
                        work, TYPES__REFUSAL_CODE__WRONG_STATE, "agreement_id",
                        "Cette convention est signée ou abandonnée : elle ne se modifie plus. Renouvelez-la, "
                        "ou rédigez-en une nouvelle.");
        Types__Id *id = is_new ? id_to(work->arena, work_new_id(work)) : command->agreement_id;
        if (old != NULL &&
            slice_equal(pb_encode(old->agreement, work->arena), pb_encode(command->agreement, work->arena)))
                return answer(work, id);

        Contracts__AgreementPut body = CONTRACTS__AGREEMENT_PUT__INIT;
        body.agreement_id = id;
        body.agreement = command->agreement;
        work_record(work, &body.base);
        return answer(work, id);
}

enum { WARNINGS_MAX = 20 };

/* Other agreements of the buyer that cover the same contracts: which one counts them. */
static void warn_of_overlaps(const struct work *work, const Contracts__AgreementRow *row,
                             Contracts__SignAgreementReply *reply)
{
        struct walk walk;
        struct id id;

        agreements_walk_of_buyer(work->txn, row->agreement->buyer_siret, slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id)) {
                const Contracts__AgreementRow *other = agreement_row_find(work->txn, work->arena, id);
                if (other == NULL || other->signed_on == NULL || id_equal(id, id_of(row->agreement_id)) ||
                    !agreement_overlaps(row, other))
                        continue;
                const Contracts__AgreementRow *counting = agreement_takes_over(row, other) ? row : other;
                pb_append_text(
                        &reply->warnings, &reply->n_warnings,
                        arena_printf(
                                work->arena,
                                "Une autre convention de cet acheteur, signée le %s, porte sur les mêmes contrats : "
                                "leurs heures ne comptent que dans la dernière signée, celle du %s, tant qu'elle est "
                                "en vigueur.",
                                french_day(work->arena, day_of(other->signed_on)),
                                french_day(work->arena, day_of(counting->signed_on))),
                        work->arena);
        }
        walk_end(&walk);
}

/* Contracts by which the buyer buys with others: their coordinator's agreement counts them. */
static void warn_of_groupings(const struct work *work, const Contracts__AgreementRow *row,
                              Contracts__SignAgreementReply *reply)
{
        const char *siret = row->agreement->buyer_siret;
        struct walk walk;
        struct id id;

        contracts_walk_records_of_buyer(work->txn, siret, "", slice_of(NULL, 0), &walk);
        while (reply->n_warnings < WARNINGS_MAX && walk_next(&walk, &id)) {
                const Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, id);
                if (record == NULL || strcmp(record->buyer_siret, siret) == 0 || access_is_private(work, id))
                        continue;
                struct agreement_contract contract =
                        agreement_contract_of(work, record, contracts_file_find(work->txn, work->arena, id));
                enum coverage nearest;
                if (agreement_covering(work, &contract, &nearest) != NULL)
                        pb_append_text(
                                &reply->warnings, &reply->n_warnings,
                                arena_printf(
                                        work->arena,
                                        "Le contrat %s (%s) est conduit par un autre acheteur, %s, dont la convention "
                                        "compte ses heures : celle-ci ne les compte pas.",
                                        record->number, record->object, record->buyer_name),
                                work->arena);
        }
        walk_end(&walk);
}

/* sign_agreement: both parties have signed, on paper; the draft changes no more and covers contracts from its start.
 * Caller: facilitator (of one of its territories), coordinator.  Emits: AgreementSigned.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (signed_on), WRONG_STATE (signed, given up, incomplete: what the
 * printed text needs and has not). */
struct reply handle_sign_agreement(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__SignAgreement *command = (const Contracts__SignAgreement *)message;
        struct agreement_print print;
        struct refusal refusal;

        Contracts__AgreementRow *row = agreement_require(work, command->agreement_id, &refusal);
        const struct agreement_matter matter = {.library = rules_on(work, DATED_AGREEMENT_TEXTS, work->today)};
        if (row == NULL || !agreement_check_signed(row, &refusal) ||
            !agreement_print(row->agreement, &matter, work->arena, &print, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__AgreementSigned body = CONTRACTS__AGREEMENT_SIGNED__INIT;
        body.agreement_id = command->agreement_id;
        body.signed_on = command->signed_on;
        work_record(work, &body.base);

        Contracts__SignAgreementReply *reply = pb_new(&contracts__sign_agreement_reply__descriptor, work->arena);
        row->signed_on = command->signed_on;
        reply->state = agreement_state(row, work->today);
        warn_of_overlaps(work, row, reply);
        warn_of_groupings(work, row, reply);
        return reply_ok(work, reply);
}

/* renew_agreement: both parties have agreed on a later last day.
 * Caller: facilitator (of one of its territories), coordinator.  Emits: AgreementRenewed.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (ends_on, agreed_on), WRONG_STATE (a draft, ended). */
static bool may_renew(const struct work *work, const Contracts__AgreementRow *row,
                      const Contracts__RenewAgreement *command, struct refusal *ret_refusal)
{
        if (row->signed_on == NULL || row->ended_on != NULL)
                return refuse(
                        ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "agreement_id",
                        "Seule une convention signée, à laquelle personne n'a mis fin, se renouvelle : rédigez-en une "
                        "nouvelle.");
        struct agreement_term term = agreement_term(row, work->today);
        if (command->ends_on->days <= day_number(term.ends_on)) {
                char text[DAY_TEXT_SIZE];
                day_format(term.ends_on, text);
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "ends_on",
                              "La convention court déjà jusqu'au %s : indiquez une date de fin plus tardive.", text);
        }
        return true;
}

struct reply handle_renew_agreement(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__RenewAgreement *command = (const Contracts__RenewAgreement *)message;
        struct refusal refusal;

        const Contracts__AgreementRow *row = agreement_require(work, command->agreement_id, &refusal);
        if (row == NULL || !may_renew(work, row, command, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__AgreementRenewed body = CONTRACTS__AGREEMENT_RENEWED__INIT;
        body.agreement_id = command->agreement_id;
        body.ends_on = command->ends_on;
        body.agreed_on = command->agreed_on;
        work_record(work, &body.base);

        Contracts__RenewAgreementReply *reply = pb_new(&contracts__renew_agreement_reply__descriptor, work->arena);
        reply->ends_on = command->ends_on;
        return reply_ok(work, reply);
}

/* end_agreement: an agreement denounced by one party with its notice, ended by both, or a draft given up.
 * Caller: facilitator (of one of its territories), coordinator.  Emits: AgreementEnded.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (by, told_on, ends_on, reason), WRONG_STATE (ended already). */
struct reply handle_end_agreement(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__EndAgreement *command = (const Contracts__EndAgreement *)message;
        struct refusal refusal;

        Contracts__AgreementRow *row = agreement_require(work, command->agreement_id, &refusal);
        if (row == NULL || !agreement_check_end(row, command, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__AgreementEnded body = CONTRACTS__AGREEMENT_ENDED__INIT;
        body.agreement_id = command->agreement_id;
        body.by = command->by;
        body.told_on = command->told_on;
        body.ends_on = command->ends_on;
        body.reason = command->reason;
        work_record(work, &body.base);

        Contracts__EndAgreementReply *reply = pb_new(&contracts__end_agreement_reply__descriptor, work->arena);
        row->ended_on = command->ends_on;
        reply->state = agreement_state(row, work->today);
        reply->ends_on = command->ends_on;
        return reply_ok(work, reply);
}
