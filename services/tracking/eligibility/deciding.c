#include "services/tracking/eligibility/deciding.h"

#include "services/tracking/persons/decisions_rows.h"
#include "services/tracking/eligibility/grants.h"
#include "services/tracking/persons/identity_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/rules/context.h"
#include "tracking/events.pb-c.h"

bool deciding_load(struct work *work, const Types__Id *beneficiary, const Types__Day *told, struct deciding *ret)
{
        ret->beneficiary = id_of(beneficiary);
        ret->person = tracking_beneficiary(work->txn, ret->beneficiary, work->arena);
        ret->row = tracking_eligibility(work->txn, ret->beneficiary, work->arena);
        ret->today = told != NULL ? day_of(told) : work->today;
        ret->policy = dated_on(&tracking_of(work)->eligibility, ret->today);
        return ret->person != NULL;
}

static bool is_own_file(const struct work *work, const Tracking__BeneficiaryRow *person)
{
        if (person->prescriber != NULL) /* whoever typed it in: it is that organisation's */
                return passport_is_organisation(work->actor, id_of(person->prescriber));
        return person->referred_by != NULL && id_equal(id_of(person->referred_by), passport_account(work->actor));
}

bool deciding_is_own(const struct work *work, const struct deciding *deciding)
{
        struct files files = identity_files(work->txn, deciding->beneficiary);
        bool is_own = is_own_file(work, deciding->person);
        for (size_t i = 0; i < files.count && !is_own; i++) {
                const Tracking__BeneficiaryRow *person = tracking_beneficiary(work->txn, files.at[i], work->arena);
                is_own = person != NULL && is_own_file(work, person);
        }
        return is_own;
}

Tracking__Eligibility *deciding_new(struct work *work, const struct deciding *deciding)
{
        Tracking__Eligibility *decision = pb_new(&tracking__eligibility__descriptor, work->arena);
        decision->decision_id = id_to(work->arena, work_new_id(work));
        decision->decided_on = day_to(work->arena, deciding->today);
        decision->decided_by = work->actor->user;
        decision->decided_by_account = id_to(work->arena, passport_account(work->actor));
        decision->rules_version = arena_text(work->arena, tracking_of(work)->rules.version);
        decision->policy_version = deciding->policy->version;
        decision->territory = deciding->person->territory;
        return decision;
}

static int seal(struct work *work, struct id beneficiary, Tracking__Eligibility *decision, struct slice *ret_sealed)
{
        Tracking__Sealed content = TRACKING__SEALED__INIT;
        content.content_case = TRACKING__SEALED__CONTENT_ELIGIBILITY;
        content.eligibility = decision;
        return work_seal(work, beneficiary, &content, ret_sealed);
}

/* The row as the decision will leave it. */
static const Tracking__EligibilityRow *row_with(struct work *work, const struct deciding *deciding,
                                                const Tracking__Eligibility *decision)
{
        Tracking__EligibilityRow *row = arena_copy(work->arena, deciding->row, sizeof(*row));
        Tracking__DecisionRow *one = pb_new(&tracking__decision_row__descriptor, work->arena);
        one->decision_id = decision->decision_id;
        one->state = TRACKING__DECISION_STATE__DECISION_STANDS;
        one->eligible = decision->eligible;
        one->valid_from = decision->valid_from;
        one->valid_until = decision->valid_until;
        row->decisions = arena_copy(work->arena, row->decisions, row->n_decisions * sizeof(*row->decisions));
        eligibility_take(row, one, work->arena);
        return row;
}

int deciding_record_agreed(struct work *work, const struct deciding *deciding, Tracking__Eligibility *decision)
{
        struct slice sealed;
        struct grants grants;
        Tracking__EligibilityDecided decided = TRACKING__ELIGIBILITY_DECIDED__INIT;
        int err = seal(work, deciding->beneficiary, decision, &sealed);
        if (err != 0)
                return err;
        grants_of(work, deciding->beneficiary, row_with(work, deciding, decision), &grants);
        decided.beneficiary_id = id_to(work->arena, deciding->beneficiary);
        decided.prescriber = deciding->person->prescriber;
        decided.eligible = decision->eligible;
        decided.valid_from = decision->valid_from;
        decided.valid_until = decision->valid_until;
        decided.territory = deciding->person->territory;
        decided.decision_id = decision->decision_id;
        decided.decided_on = decision->decided_on;
        decided.is_extension = decision->extends != NULL;
        decided.grants = grants.rows;
        decided.n_grants = grants.count;
        work_record_sealed(work, &decided.base, sealed);
        return 0;
}

int deciding_record(struct work *work, const struct deciding *deciding, Tracking__Eligibility *decision,
                    bool *ret_to_confirm)
{
        struct slice sealed;
        Tracking__EligibilityProposed proposed = TRACKING__ELIGIBILITY_PROPOSED__INIT;
        *ret_to_confirm = deciding_is_own(work, deciding);
        if (!*ret_to_confirm)
                return deciding_record_agreed(work, deciding, decision);
        int err = seal(work, deciding->beneficiary, decision, &sealed);
        if (err != 0)
                return err;
        proposed.beneficiary_id = id_to(work->arena, deciding->beneficiary);
        proposed.decision_id = decision->decision_id;
        proposed.territory = deciding->person->territory;
        proposed.decided_on = decision->decided_on;
        work_record_sealed(work, &proposed.base, sealed);
        return 0;
}

int deciding_unseal(const struct work *work, const struct deciding *deciding, const Tracking__DecisionRow *decision,
                    Tracking__Eligibility **ret)
{
        int err;
        const Tracking__Sealed *content =
                work_unseal(work, deciding->beneficiary, eligibility_sealed(deciding->person, decision),
                            &tracking__sealed__descriptor, &err);
        if (err != 0)
                return err;
        if (content->content_case != TRACKING__SEALED__CONTENT_ELIGIBILITY)
                return ERR_FORGED;
        *ret = content->eligibility;
        (*ret)->decision_id = decision->decision_id;
        return 0;
}

int deciding_seal_act(struct work *work, const struct deciding *deciding, char *code, char *reason,
                      struct slice *ret_sealed)
{
        Tracking__Sealed content = TRACKING__SEALED__INIT;
        Tracking__EligibilityAct act = TRACKING__ELIGIBILITY_ACT__INIT;
        act.code = code;
        act.reason = reason;
        act.on = day_to(work->arena, deciding->today);
        act.by = work->actor->user;
        act.by_account = id_to(work->arena, passport_account(work->actor));
        content.content_case = TRACKING__SEALED__CONTENT_ELIGIBILITY_ACT;
        content.eligibility_act = &act;
        return work_seal(work, deciding->beneficiary, &content, ret_sealed);
}

struct reply reply_no_decision(struct work *work)
{
        return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "decision_id",
                            "Cette décision n'est pas au dossier de cette personne : vérifiez son identifiant.");
}

struct reply reply_decisions_full(struct work *work)
{
        return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "beneficiary_id",
                            "Le dossier a déjà %d décisions : il n'en reçoit plus, prévenez l'exploitant.",
                            DECISIONS_MAX);
}
