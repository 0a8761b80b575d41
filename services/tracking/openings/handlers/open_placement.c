/* OpenPlacement: an eligible person starts to work on an obligation, under one of three modalities. It may name the
 * proposal that it follows from, which it closes, and her placement before, which it continues.
 * Caller: a facilitator of the person's territory. Emits PlacementOpened. */
#include <string.h>

#include "common/base/text.h"
#include "directory/commands.pb-c.h"
#include "services/tracking/copies/copies_rows.h"
#include "services/tracking/openings/counted.h"
#include "services/tracking/persons/identity_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/placements/admission.h"
#include "services/tracking/placements/contacts.h"
#include "services/tracking/placements/continuation.h"
#include "services/tracking/placements/placement.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/placements/relation.h"
#include "services/tracking/placements/scope.h"
#include "services/tracking/proposals/proposals.h"
#include "services/tracking/rules/context.h"
#include "services/tracking/rules/following.h"
#include "tracking/calls.h"

/* The list of trades changes three times a year: a code that it does not have is looked at again, not refused. */
static char *odd_trade(const struct work *work, const Tracking__OpenPlacement *command)
{
        const Tracking__RomeVersion *rome = dated_on(&tracking_of(work)->rome, day_of(command->starts_on));
        for (size_t i = 0; i < rome->n_trades; i++)
                if (strcmp(rome->trades[i]->code, command->rome_code) == 0)
                        return NULL;
        return arena_printf(work->arena, "Le code ROME %s n'est pas dans la liste connue (%s) : vérifiez-le.",
                            command->rome_code, rome->version);
}

static struct reply record_opening(struct work *work, const Tracking__OpenPlacement *command,
                                   const Tracking__BeneficiaryRow *person, const struct opened *opened,
                                   const struct relation_texts *related)
{
        Tracking__PlacementOpened body = TRACKING__PLACEMENT_OPENED__INIT;
        Tracking__PlacementContacts contacts = TRACKING__PLACEMENT_CONTACTS__INIT;
        struct refusal refusal;
        struct slice sealed;
        body.placement_id = id_to(work->arena, work_new_id(work));
        body.beneficiary_id = command->beneficiary_id;
        body.obligation_id = command->obligation_id;
        body.modality = command->modality;
        body.employer = id_is_zero(opened->employer) ? NULL : id_to(work->arena, opened->employer);
        body.employer_name = arena_text(work->arena, opened->employer_name);
        body.host_company = id_is_zero(opened->host) ? NULL : id_to(work->arena, opened->host);
        body.starts_on = command->starts_on;
        body.ends_on = command->ends_on;
        body.weekly_hours = command->weekly_hours;
        body.rome_code = command->rome_code;
        body.work_contract = command->work_contract;
        body.prescriber = person->prescriber;
        body.territory = person->territory;
        body.eligible_until = day_to(work->arena, opened->grant.until);
        body.again_from = day_unless_open(work->arena, opened->grant.again_from);
        body.again_until = day_unless_open(work->arena, opened->grant.again_until);
        body.counts_until = day_unless_open(work->arena, opened->grant.counts_until);
        body.policy_code = arena_text(work->arena, opened->grant.policy);
        body.is_private = tracking_private_of(work->txn, id_of(command->obligation_id), work->arena) != NULL;
        body.rules_version = arena_text(work->arena, tracking_of(work)->rules.version);
        body.contacts_sealed = true;
        body.lacks_tutor = command->modality == TYPES__MODALITY__STAFF_PROVIDED && text_is_empty(command->tutor);
        body.continues_placement_id = command->continues_placement_id;
        body.continued_end = counted_end(work, command->continues_placement_id);
        if (!proposal_may_be_placed(work, command, &body, &refusal))
                return reply_refusal(work, &refusal);
        body.visits =
                following_visits(following_rule(dated_on(&tracking_of(work)->followup, work->today), command->modality),
                                 command->starts_on, command->ends_on, work->arena, &body.n_visits);
        contacts.tutor = command->tutor;
        contacts.referent = command->referent;
        work_make_key(work, id_of(body.placement_id));
        int err = contacts_seal(work, id_of(body.placement_id), &contacts, &sealed);
        if (err != 0)
                return reply_sealed(work, err);
        work_record_sealed(work, &body.base, sealed);

        Tracking__OpenPlacementReply *reply = pb_new(&tracking__open_placement_reply__descriptor, work->arena);
        reply->placement_id = body.placement_id;
        pb_append_text(&reply->warnings, &reply->n_warnings, odd_trade(work, command), work->arena);
        for (size_t i = 0; i < related->count; i++)
                pb_append_text(&reply->warnings, &reply->n_warnings, related->texts[i], work->arena);
        return reply_ok(work, reply);
}

/* ---- whose work it is, and who owes the hours */

static struct company company_known(const struct work *work, struct id organisation, const char *name)
{
        const Tracking__OrganisationCopy *copy = tracking_organisation(work->txn, organisation, work->arena);
        return (struct company){organisation, copy == NULL ? "" : copy->siret,
                                copy == NULL || text_is_empty(copy->name) ? name : copy->name};
}

static struct company company_owing(const struct work *work, const Tracking__ObligationCopy *obligation)
{
        return (struct company){tracking_contractor(work->txn, obligation), obligation->contractor_siret,
                                obligation->contractor_name};
}

/* Does the company owe hours of the contract, be it by another obligation? */
static bool owes_of_contract(const struct work *work, const Types__Id *contract, const struct company *company)
{
        bool owes = false;
        struct walk walk;
        struct id id;
        tracking_walk_obligations(work->txn, id_of(contract), slice_of(NULL, 0), &walk);
        while (!owes && walk_next(&walk, &id)) {
                const Tracking__ObligationCopy *row = tracking_obligation(work->txn, id, work->arena);
                struct company owing;
                if (row == NULL || row->withdrawn)
                        continue;
                owing = company_owing(work, row);
                owes = company_is_same(company, &owing);
        }
        walk_end(&walk);
        return owes;
}

static struct relation relation_of(const struct work *work, const Tracking__OpenPlacement *command,
                                   const Tracking__ObligationCopy *obligation, const struct opened *opened)
{
        struct relation relation = {
                .modality = command->modality,
                .employer = company_known(work, opened->employer, opened->employer_name),
                .host = company_known(work, opened->host, ""),
                .owing = company_owing(work, obligation),
                .life = contract_life_of(work->txn, obligation, work->arena),
                .starts_on = day_of(command->starts_on),
        };
        relation.works_for_other = owes_of_contract(
                work, obligation->contract_id,
                command->modality == TYPES__MODALITY__DIRECT_HIRE ? &relation.employer : &relation.host);
        return relation;
}

/* Who she is, against what the employer and the clause ask for. */
static bool is_admitted(const struct work *work, const struct opening *opening,
                        const Tracking__ObligationCopy *obligation, int *ret_err, struct refusal *ret)
{
        const Tracking__ClauseCopy *clause =
                obligation->clause_id == NULL ? NULL
                                              : tracking_clause(work->txn, id_of(obligation->clause_id), work->arena);
        const struct admission admission = {
                .rules = opening->rules,
                .targets = clause == NULL ? NULL : clause->target_publics,
                .target_count = clause == NULL ? 0 : clause->n_target_publics,
                .by_agency = opening->employer != NULL && opening->employer->kind == DIRECTORY__ORGANISATION_KIND__ETT,
                .at = day_of(opening->command->starts_on),
                .policy = opening->policy,
        };
        struct admitted person;
        *ret_err = admission_load(work, id_of(opening->command->beneficiary_id), admission.at, &person);
        return *ret_err == 0 && admission_holds(&admission, &person, work->arena, ret);
}

struct reply handle_open_placement(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__OpenPlacement *command = (const Tracking__OpenPlacement *)message;
        struct vouched vouched;
        struct opened opened;
        struct relation_texts related;
        struct refusal refusal;

        const Tracking__BeneficiaryRow *person =
                tracking_beneficiary(work->txn, id_of(command->beneficiary_id), work->arena);
        if (person == NULL)
                return reply_no_beneficiary(work);
        const Tracking__ObligationCopy *obligation =
                tracking_obligation(work->txn, id_of(command->obligation_id), work->arena);
        if (obligation == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "obligation_id",
                                    "Cette obligation n'est pas connue ici : vérifiez son identifiant, ou recommencez "
                                    "dans un instant si elle vient d'être enregistrée.");
        if (obligation->withdrawn)
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "obligation_id", "%s",
                                    OBLIGATION_WITHDRAWN);
        if (obligation->left_on != NULL && command->starts_on->days > obligation->left_on->days)
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "obligation_id",
                                    "L'entreprise a quitté son groupement avant ce jour : ouvrez ce contrat sur "
                                    "l'obligation de qui a repris ses heures.");
        vouched_of(work->txn, id_of(command->beneficiary_id), NULL, work->arena, &vouched);
        const struct policy_question asked = {
                .buyer = tracking_buyer_of(work->txn, id_of(command->obligation_id), work->arena),
                .territory = person->territory,
                .at = day_of(command->starts_on),
        };
        const struct opening opening = {
                .command = command,
                .policy = eligibility_policy(&tracking_of(work)->rules, &asked),
                .rules = &tracking_of(work)->rules,
                .vouched = &vouched,
                .employer = tracking_organisation(work->txn, id_of(command->employer), work->arena),
        };
        int err = 0;
        if (!placement_may_open(&opening, &opened, &refusal))
                return reply_refusal(work, &refusal);
        const struct relation relation = relation_of(work, command, obligation, &opened);
        if (!relation_may_be(dated_on(&tracking_of(work)->hours, asked.at), &relation, work->arena, &related, &refusal))
                return reply_refusal(work, &refusal);
        if (!is_admitted(work, &opening, obligation, &err, &refusal))
                return err != 0 ? reply_sealed(work, err) : reply_refusal(work, &refusal);
        const struct stay stay = {id_of(command->beneficiary_id), id_of(command->obligation_id),
                                  day_of(command->starts_on), command->ends_on};
        if (!placement_stands_alone(work->txn, &stay, (struct id){0}, &refusal))
                return reply_refusal(work, &refusal);
        const struct continuation continuation = {.earlier = id_of(command->continues_placement_id),
                                                  .beneficiary = stay.beneficiary,
                                                  .starts_on = stay.starts_on};
        if (command->continues_placement_id != NULL && !continuation_may_be(work, &continuation, &refusal))
                return reply_refusal(work, &refusal);
        return record_opening(work, command, person, &opened, &related);
}
