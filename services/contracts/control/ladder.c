#include "services/contracts/control/ladder.h"

#include "common/base/text.h"
#include "common/codec/types.h"

#define STEP(NAME) (1u << CONTRACTS__CASE_STEP__##NAME)

/* From which steps each action may be done. */
static const uint32_t allowed[LADDER_ACTIONS] = {
        [LADDER_REMIND] = STEP(CASE_OPEN) | STEP(COMPANY_REMINDED),
        [LADDER_WARN] = STEP(COMPANY_REMINDED),
        [LADDER_DRAFT] = STEP(BUYER_TOLD) | STEP(NOTICE_DRAFTED),
        [LADDER_SERVE] = STEP(NOTICE_DRAFTED),
        [LADDER_OBSERVE] = STEP(NOTICE_SERVED) | STEP(DECISION_PROPOSED),
        [LADDER_PROPOSE] = STEP(NOTICE_SERVED) | STEP(DECISION_PROPOSED) | STEP(CATCHING_UP),
        [LADDER_DECIDE] = STEP(DECISION_PROPOSED),
        [LADDER_CLOSE] = STEP(CASE_OPEN) | STEP(COMPANY_REMINDED) | STEP(BUYER_TOLD) | STEP(NOTICE_DRAFTED) |
                         STEP(BUYER_DECIDED) | STEP(CATCHING_UP),
};

/* What is missing at each step for the next one. */
static const char *const missing[] = {
        [CONTRACTS__CASE_STEP__CASE_STEP_UNKNOWN] = "",
        [CONTRACTS__CASE_STEP__CASE_OPEN] = "il manque un rappel à l'entreprise (RecordReminder)",
        [CONTRACTS__CASE_STEP__COMPANY_REMINDED] = "il manque l'avertissement à l'acheteur (WarnBuyer)",
        [CONTRACTS__CASE_STEP__BUYER_TOLD] = "il manque le projet de mise en demeure (DraftFormalNotice)",
        [CONTRACTS__CASE_STEP__NOTICE_DRAFTED] =
                "il manque la mise en demeure signée et envoyée par l'acheteur (ServeFormalNotice)",
        [CONTRACTS__CASE_STEP__NOTICE_SERVED] =
                ("la mise en demeure est envoyée : il manque, après les observations de l'entreprise, la proposition "
                 "du facilitateur (ProposePenalty)"),
        [CONTRACTS__CASE_STEP__DECISION_PROPOSED] = "il manque la décision de l'acheteur (DecideCase)",
        [CONTRACTS__CASE_STEP__BUYER_DECIDED] = "l'acheteur a décidé : le dossier n'attend plus que sa clôture",
        [CONTRACTS__CASE_STEP__CATCHING_UP] =
                "un plan de rattrapage accepté par l'acheteur court : une nouvelle proposition suit à son terme",
        [CONTRACTS__CASE_STEP__CASE_CLOSED] = "le dossier est clos : ouvrez-en un autre s'il le faut",
};

/* What the facilitator recorded for the buyer, the buyer may decide otherwise while the case is open. */
static bool may_decide_anew(const Contracts__ControlCase *record, bool by_buyer)
{
        uint32_t decided = STEP(BUYER_DECIDED) | STEP(CATCHING_UP);
        return by_buyer && ((1u << record->step) & decided) != 0 && record->decision->recorded_for_buyer;
}

bool ladder_allows(const Contracts__ControlCase *record, enum ladder_action action, bool by_buyer,
                   struct refusal *ret_refusal)
{
        if (((1u << record->step) & allowed[action]) != 0)
                return true;
        if (action == LADDER_DECIDE && may_decide_anew(record, by_buyer))
                return true;
        if (action == LADDER_CLOSE && by_buyer && case_is_open(record))
                return true;
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "case_id", "Impossible à cette étape : %s.",
                      missing[record->step]);
}

static bool not_before(struct day over_on, struct day today, const char *what, struct refusal *ret_refusal)
{
        char text[DAY_TEXT_SIZE];
        if (day_number(today) > day_number(over_on))
                return true;
        day_format(over_on, text);
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "case_id",
                      "%s court jusqu'au %s inclus : proposez à partir du lendemain.", what, text);
}

bool ladder_period_over(const Contracts__ControlCase *record, struct day today, struct refusal *ret_refusal)
{
        if (record->contradictory_until == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "case_id",
                              "Impossible à cette étape : %s.", missing[CONTRACTS__CASE_STEP__NOTICE_DRAFTED]);
        if (!not_before(day_of(record->contradictory_until), today,
                        "La procédure contradictoire n'est pas finie : le délai d'observations de l'entreprise",
                        ret_refusal))
                return false;
        return record->step != CONTRACTS__CASE_STEP__CATCHING_UP ||
               not_before(day_of(record->decision->catch_up_until), today, "Le plan de rattrapage", ret_refusal);
}

static struct money less_of(struct money a, struct money b)
{
        return money_cents(a) < money_cents(b) ? a : b;
}

static bool check_reasons(const Contracts__DecideCase *decision, struct refusal *ret_refusal)
{
        bool needed = decision->choice == CONTRACTS__BUYER_CHOICE__CHOICE_REDUCE ||
                      decision->choice == CONTRACTS__BUYER_CHOICE__CHOICE_WAIVE;
        if (needed && text_is_empty(decision->reasons))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "reasons",
                              "Réduire ou renoncer se motive : écrivez pourquoi.");
        return true;
}

bool ladder_amount(const Contracts__ControlCase *record, const Contracts__DecideCase *decision,
                   const struct ladder_terms *terms, struct money *ret, struct refusal *ret_refusal)
{
        struct money most = money_of(record->proposal->computed);
        if (terms->left != NULL)
                most = less_of(most, *terms->left);
        if (!check_reasons(decision, ret_refusal))
                return false;
        switch (decision->choice) {
        case CONTRACTS__BUYER_CHOICE__CHOICE_APPLY:
                if (money_cents(most) <= 0)
                        return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "choice",
                                      "Il n'y a rien à appliquer : le calcul de la clause donne 0 €, ou le plafond est "
                                      "atteint. Renoncez, ou acceptez un plan de rattrapage.");
                *ret = most;
                return true;
        case CONTRACTS__BUYER_CHOICE__CHOICE_REDUCE:
                if (money_cents(money_of(decision->amount)) <= 0 || decision->amount->cents >= money_cents(most))
                        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "amount",
                                      "Le montant réduit doit être supérieur à 0 et inférieur à %lld,%02lld € : sinon, "
                                      "appliquez ou renoncez.",
                                      (long long)money_cents(most) / 100, (long long)money_cents(most) % 100);
                *ret = money_of(decision->amount);
                return true;
        case CONTRACTS__BUYER_CHOICE__CHOICE_CATCH_UP:
                if (decision->catch_up_until == NULL ||
                    day_number(day_of(decision->catch_up_until)) <= day_number(terms->decided_on))
                        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "catch_up_until",
                                      "Un plan de rattrapage a un terme, après le jour de la décision : donnez-le.");
                *ret = money_of_cents(0);
                return true;
        default: *ret = money_of_cents(0); return true; /* CHOICE_WAIVE */
        }
}

bool ladder_reminder(const Contracts__ReminderRule *rule, struct day due_on, struct day sent_on, int32_t *ret_offset)
{
        int32_t days = day_number(sent_on) - day_number(due_on);
        bool found = false;
        for (size_t i = 0; i < rule->n_offset_days && rule->offset_days[i] <= days; i++) {
                *ret_offset = rule->offset_days[i];
                found = true;
        }
        return found;
}

bool case_is_open(const Contracts__ControlCase *record)
{
        return record->step != CONTRACTS__CASE_STEP__CASE_CLOSED;
}

bool case_is_decided(const Contracts__ControlCase *record)
{
        return record->decision != NULL && record->decision->choice != CONTRACTS__BUYER_CHOICE__CHOICE_CATCH_UP;
}

const char *ladder_next(const Contracts__ControlCase *record)
{
        static const char *const next[] = {
                [CONTRACTS__CASE_STEP__CASE_STEP_UNKNOWN] = "",
                [CONTRACTS__CASE_STEP__CASE_OPEN] = "le facilitateur relance l'entreprise",
                [CONTRACTS__CASE_STEP__COMPANY_REMINDED] =
                        "l'entreprise répond ; à défaut, le facilitateur avertit l'acheteur",
                [CONTRACTS__CASE_STEP__BUYER_TOLD] = "le facilitateur prépare la mise en demeure",
                [CONTRACTS__CASE_STEP__NOTICE_DRAFTED] = "l'acheteur signe et envoie la mise en demeure",
                [CONTRACTS__CASE_STEP__NOTICE_SERVED] =
                        "l'entreprise présente ses observations ; ensuite, le facilitateur propose une suite",
                [CONTRACTS__CASE_STEP__DECISION_PROPOSED] = "l'acheteur décide",
                [CONTRACTS__CASE_STEP__BUYER_DECIDED] = "le facilitateur clôt le dossier",
                [CONTRACTS__CASE_STEP__CATCHING_UP] =
                        "l'entreprise rattrape ; au terme, le facilitateur clôt ou propose à nouveau",
                [CONTRACTS__CASE_STEP__CASE_CLOSED] = "",
        };
        return next[record->step];
}

const char *ground_told(Contracts__CaseGround ground)
{
        switch (ground) {
        case CONTRACTS__CASE_GROUND__LATE_STATEMENT: return "relevé en retard";
        case CONTRACTS__CASE_GROUND__MISSING_DOCUMENT: return "document manquant";
        case CONTRACTS__CASE_GROUND__INSUFFICIENT_PROGRESS: return "avancement insuffisant";
        case CONTRACTS__CASE_GROUND__HOURS_NOT_DONE: return "heures non réalisées au terme";
        case CONTRACTS__CASE_GROUND__COMMITMENT_NOT_KEPT: return "engagement de l'offre non tenu";
        default: return "motif non dit";
        }
}
