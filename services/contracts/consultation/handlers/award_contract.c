/* award_contract: the buyer's decision on a lot. What the winning offer promised becomes what is owed, without being
 * typed again: an obligation for each member, with its share of the hours, training and the rest beside it.
 * Caller: the contract's buyer; or a facilitator (of one of its territories), the coordinator, who record the buyer's
 * decision with its day and reference.  Emits: ContractAwarded; ClausePut where the lot had none; ObligationRecorded
 * and CommitmentRecorded for each member. Refuses: NOT_FOUND, NOT_ALLOWED, ALREADY_EXISTS (awarded), WRONG_STATE (no
 * hours, hours owed already), INVALID_FIELD.
 */
#include "contracts/calls.h"
#include "services/contracts/consultation/appraisal.h"

#include "common/base/text.h"
#include "services/contracts/clauses/basis.h"
#include "services/contracts/clauses/clause.h"
#include "services/contracts/clauses/clauses_rows.h"
#include "services/contracts/consultation/appraisal_rows.h"
#include "services/contracts/consultation/consultation.h"
#include "services/contracts/consultation/offer.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/obligations/obligation.h"
#include "services/contracts/obligations/obligations.h"
#include "services/contracts/record/company.h"
#include "services/contracts/record/context.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"

enum { MONTHS_OF_A_YEAR = 12 };

struct award {
        struct loaded_appraisal loaded;
        const Contracts__Offer *offer; /* the winner's; of companies alone where none was recorded */
        Contracts__ClausePut *clause;
        bool is_new_clause;
        struct offer_hours hours;
        struct day on;
        bool by_invoices;
};

/* ---- what is decided, and by whom */

static bool check_decision(const struct work *work, const Contracts__AwardContract *command, struct award *award,
                           struct refusal *ret_refusal)
{
        bool by_buyer = work->actor->role == TYPES__ROLE__BUYER;
        const Contracts__AppraisalRow *row = award->loaded.row;

        if (row != NULL && row->awarded_on != NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__ALREADY_EXISTS, "lot", "Ce lot est déjà attribué.");
        award->on = command->awarded_on == NULL ? work->today : day_of(command->awarded_on);
        if ((command->awarded_on == NULL && !by_buyer) ||
            day_number(award->on) < award->loaded.consultation.row->offers_due_on->days)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "awarded_on",
                              "Donnez le jour de la décision de l'acheteur : pas avant la remise des offres.");
        if (text_is_empty(command->decision_reference) && !by_buyer)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "decision_reference",
                              "Donnez la référence de la décision de l'acheteur : c'est lui qui attribue.");
        return true;
}

static bool find_winner(const struct work *work, const Contracts__AwardContract *command, struct award *award,
                        struct refusal *ret_refusal)
{
        if (id_is_zero(id_of(command->offer_id))) {
                Contracts__Offer *offer = pb_new(&contracts__offer__descriptor, work->arena);
                if (award->loaded.row != NULL && award->loaded.row->offers > 0)
                        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "offer_id",
                                      "Des offres sont enregistrées sur ce lot : désignez celle que l'acheteur "
                                      "retient.");
                offer->members = command->winners;
                offer->n_members = command->n_winners;
                award->offer = offer;
                return offer_check_members(offer->members, offer->n_members, "winners", ret_refusal) &&
                       company_is_one_each(work, offer, "winners.organisation", ret_refusal);
        }
        const Contracts__OfferRow *row = offer_find(work->txn, work->arena, id_of(command->offer_id));
        if (row == NULL || row->lot != command->lot ||
            !id_equal(id_of(row->contract_id), award->loaded.consultation.contract.id))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "offer_id",
                              "Ce lot n'a pas d'offre de cet identifiant.");
        award->offer = row->offer;
        return company_is_one_each(work, row->offer, "offer_id", ret_refusal);
}

/* ---- the clause that is owed */

static bool is_owed(const struct work *work, struct id clause_id)
{
        struct walk walk;
        struct id id;
        contracts_walk_obligations_of_clause(work->txn, clause_id, &walk);
        bool owed = walk_next(&walk, &id);
        walk_end(&walk);
        return owed;
}

/* A clause of the hours that the offer promises, where insertion was a criterion only. */
static bool new_clause(struct work *work, const Contracts__AwardContract *command, struct award *award,
                       struct refusal *ret_refusal)
{
        const struct loaded_contract *loaded = &award->loaded.consultation.contract;
        struct calibration_basis basis = basis_of_lot(work, loaded->id, loaded->record, command->lot);
        struct territories asked = {loaded->file->territories, loaded->file->n_territories}, territories;
        Contracts__Calibration asked_for = CONTRACTS__CALIBRATION__INIT;

        asked_for.method = CONTRACTS__CALIBRATION_METHOD__FIXED_HOURS;
        asked_for.chosen_hours = hours_to(work->arena, award->hours.total);
        asked_for.hourly_cost = command->hourly_cost;
        award->clause = pb_new(&contracts__clause_put__descriptor, work->arena);
        if (!calibration_complete(&asked_for, &basis, work->arena, &award->clause->calibration, ret_refusal) ||
            !clause_territories(&asked, loaded->record, work->arena, &territories, ret_refusal))
                return false;
        award->clause->clause_id = id_to(work->arena, work_new_id(work));
        award->clause->contract_id = command->contract_id;
        award->clause->lot = command->lot;
        award->clause->hours = hours_to(work->arena, award->hours.total);
        award->clause->territories = territories.codes;
        award->clause->n_territories = territories.count;
        award->clause->rules_version = basis.rules->version;
        return true;
}

/* The hours of a framework agreement follow its invoices: none are owed yet, whatever was offered beyond. */
static bool follow_invoices(struct award *award, struct refusal *ret_refusal)
{
        Contracts__RecordObligation first = CONTRACTS__RECORD_OBLIGATION__INIT;
        first.contractor_siret = award->offer->members[0]->siret;
        first.contractor_name = award->offer->members[0]->name;
        first.by_invoices = true;
        award->by_invoices = true;
        return obligation_check(&first, award->clause, &award->hours.total, ret_refusal);
}

static bool find_clause(struct work *work, const Contracts__AwardContract *command, struct award *award,
                        struct refusal *ret_refusal)
{
        struct id clause_id;
        award->is_new_clause =
                !contracts_clause_of_lot(work->txn, award->loaded.consultation.contract.id, command->lot, &clause_id);
        if (award->is_new_clause && command->by_invoices)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "by_invoices",
                              "Ce lot n'a pas de clause dont les heures suivent les factures : posez-la d'abord "
                              "(PutClause).");
        if (award->is_new_clause)
                return offer_hours_owed(award->offer, hours_of_hundredths(0), &award->hours, ret_refusal) &&
                       new_clause(work, command, award, ret_refusal);
        if (is_owed(work, clause_id))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "lot",
                              "Des entreprises doivent déjà les heures de ce lot : consultez leurs obligations.");
        award->clause = contracts_clause_find(work->txn, work->arena, clause_id);
        return award->clause != NULL &&
               offer_hours_owed(award->offer, hours_of(award->clause->hours), &award->hours, ret_refusal) &&
               (!command->by_invoices || follow_invoices(award, ret_refusal));
}

/* ---- what happened */

static Types__Day *record_award(struct work *work, const Contracts__AwardContract *command, const struct award *award)
{
        const Contracts__ConsultationVersion *rules = rules_on(work, DATED_CONSULTATION, award->on);
        int months = (int)rules->retention->years * MONTHS_OF_A_YEAR;
        Contracts__ContractAwarded body = CONTRACTS__CONTRACT_AWARDED__INIT;
        body.contract_id = command->contract_id;
        body.lot = command->lot;
        if (!id_is_zero(id_of(command->offer_id)))
                body.offer_id = command->offer_id;
        body.awarded_on = day_to(work->arena, award->on);
        body.decision_reference = command->decision_reference;
        body.by_buyer = work->actor->role == TYPES__ROLE__BUYER;
        body.retain_until = day_to(work->arena, day_add_months(award->on, months));
        body.holder_siret = award->offer->members[0]->siret;
        body.holder_name = award->offer->members[0]->name;
        work_record(work, &body.base);
        return body.retain_until;
}

static void record_clause(struct work *work, Contracts__ClausePut *clause)
{
        work_record(work, &clause->base);
}

/* What one member of the group owes; a group's first member speaks for it. */
struct part {
        const Contracts__OfferMember *member;
        Contracts__GroupRole role;
        struct hours hours, extra, training;
};

static Contracts__ObligationRecorded *record_obligation(struct work *work, const struct award *award,
                                                        const struct part *part)
{
        Contracts__RecordObligation command = CONTRACTS__RECORD_OBLIGATION__INIT;
        command.clause_id = award->clause->clause_id;
        command.contractor_siret = part->member->siret;
        command.contractor_name = part->member->name;
        command.contractor_organisation = part->member->organisation;
        command.group_role = part->role;
        command.by_invoices = award->by_invoices;
        Contracts__ObligationRecorded *obligation = obligation_to_record(work, &command, award->clause, part->hours);
        work_record(work, &obligation->base);
        return obligation;
}

static void record_commitment(struct work *work, const struct award *award, const struct part *part,
                              Types__Id *obligation_id)
{
        Contracts__CommitmentRecorded body = CONTRACTS__COMMITMENT_RECORDED__INIT;
        Contracts__SealedCommitment sealed = CONTRACTS__SEALED_COMMITMENT__INIT;
        body.contract_id = award->clause->contract_id;
        body.obligation_id = obligation_id;
        body.lot = award->clause->lot;
        body.share = share_to(work->arena, offer_share(part->member));
        body.hours = hours_to(work->arena, part->hours);
        body.extra_hours = hours_to(work->arena, part->extra);
        body.training_hours = hours_to(work->arena, part->training);
        body.contractor_name = part->member->name;
        sealed.tutoring = award->offer->tutoring;
        sealed.text = award->offer->text;
        work_record_sealed(work, &body.base, pb_encode(&sealed, work->arena));
}

static void record_parts(struct work *work, const struct award *award, Contracts__AwardContractReply *reply)
{
        size_t count = award->offer->n_members;
        struct hours hours[OFFER_MEMBERS_MAX], extra[OFFER_MEMBERS_MAX], training[OFFER_MEMBERS_MAX];

        offer_split(award->hours.total, award->offer->members, count, hours);
        offer_split(award->hours.extra, award->offer->members, count, extra);
        offer_split(hours_of(award->offer->training_hours), award->offer->members, count, training);
        for (size_t i = 0; i < count; i++) {
                struct part part = {award->offer->members[i],
                                    count == 1 ? CONTRACTS__GROUP_ROLE__GROUP_ROLE_UNKNOWN
                                    : i == 0   ? CONTRACTS__GROUP_ROLE__GROUP_LEAD
                                               : CONTRACTS__GROUP_ROLE__GROUP_MEMBER,
                                    hours[i], extra[i], training[i]};
                const Contracts__ObligationRecorded *obligation = record_obligation(work, award, &part);
                record_commitment(work, award, &part, obligation->obligation_id);
                Contracts__AwardedObligation *one = pb_new(&contracts__awarded_obligation__descriptor, work->arena);
                one->obligation_id = obligation->obligation_id;
                one->name = part.member->name;
                one->hours = obligation->hours;
                reply->obligations =
                        pb_append(reply->obligations, &reply->n_obligations, sizeof(*reply->obligations), work->arena);
                reply->obligations[i] = one;
        }
}

struct reply handle_award_contract(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__AwardContract *command = (const Contracts__AwardContract *)message;
        struct award award = {0};
        struct refusal refusal;

        if (!loaded_appraisal_of_lot(work, command->contract_id, command->lot, &award.loaded, &refusal) ||
            !check_decision(work, command, &award, &refusal) || !find_winner(work, command, &award, &refusal) ||
            !find_clause(work, command, &award, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__AwardContractReply *reply = pb_new(&contracts__award_contract_reply__descriptor, work->arena);
        reply->retain_until = record_award(work, command, &award);
        if (award.is_new_clause)
                record_clause(work, award.clause);
        reply->clause_id = award.clause->clause_id;
        record_parts(work, &award, reply);
        return reply_ok(work, reply);
}
