#include "services/contracts/subcontracts/subcontract.h"

#include <string.h>

#include "common/base/siret.h"
#include "common/codec/types.h"

int subcontracting_rules_check(const struct dated *dated, struct err_info *info)
{
        const Contracts__SubcontractingRules *rules = (const Contracts__SubcontractingRules *)dated->root;
        for (size_t i = 0; i < rules->n_versions; i++)
                if (rules->versions[i]->tacit_days == 0 || rules->versions[i]->paid_by_buyer_from == NULL)
                        return err_set(info, ERR_CONFIG,
                                       "subcontracting.json: version %s: needs tacit_days and paid_by_buyer_from",
                                       rules->versions[i]->version);
        return 0;
}

/* ---- who pays */

/* Without taxes: where works are subcontracted none are invoiced, so the amount is the whole of it. */
static bool reaches(const Contracts__SubcontractingRulesVersion *rules, const Contracts__DeclareSubcontract *command)
{
        return money_cents(money_of(command->amount)) >= money_cents(money_of(rules->paid_by_buyer_from));
}

bool subcontract_payment(const Contracts__SubcontractingRulesVersion *rules, Contracts__ContractKind kind,
                         const Contracts__DeclareSubcontract *command, bool *ret_by_buyer, struct refusal *ret_refusal)
{
        bool is_market = kind == CONTRACTS__CONTRACT_KIND__MARKET;
        *ret_by_buyer = command->payment == CONTRACTS__SUBCONTRACT_PAYMENT__PAID_BY_BUYER ||
                        (command->payment == CONTRACTS__SUBCONTRACT_PAYMENT__PAYMENT_BY_RULE && is_market &&
                         reaches(rules, command));
        return is_market || !*ret_by_buyer ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "payment",
                      "Le paiement direct est celui d'un marché public : ici le titulaire paie son sous-traitant, "
                      "laissez vide ou dites PAID_BY_HOLDER.");
}

bool subcontract_is_below_law(const Contracts__SubcontractingRulesVersion *rules, Contracts__ContractKind kind,
                              const Contracts__DeclareSubcontract *command)
{
        return kind == CONTRACTS__CONTRACT_KIND__MARKET && reaches(rules, command) &&
               command->payment == CONTRACTS__SUBCONTRACT_PAYMENT__PAID_BY_HOLDER;
}

/* ---- how it stands */

static bool is_refused(const Contracts__SubcontractRow *row)
{
        return row->decided != NULL && row->decided->choice == CONTRACTS__SUBCONTRACT_CHOICE__CHOICE_REFUSE;
}

bool subcontract_accepted_on(const Contracts__SubcontractRow *row, struct day *ret)
{
        if (is_refused(row))
                return false;
        *ret = day_of(row->declared->tacit_on);
        if (row->decided != NULL && row->decided->decision->decided_on->days < day_number(*ret))
                *ret = day_of(row->decided->decision->decided_on);
        return true;
}

Contracts__SubcontractState subcontract_state(const Contracts__SubcontractRow *row, struct day today)
{
        if (is_refused(row))
                return CONTRACTS__SUBCONTRACT_STATE__SUBCONTRACT_REFUSED;
        if (row->decided != NULL)
                return CONTRACTS__SUBCONTRACT_STATE__SUBCONTRACT_ACCEPTED;
        return row->declared->tacit_on->days <= day_number(today) ? CONTRACTS__SUBCONTRACT_STATE__SUBCONTRACT_TACIT
                                                                  : CONTRACTS__SUBCONTRACT_STATE__SUBCONTRACT_DECLARED;
}

/* Of two of one day, the one that was entered later. */
struct money subcontract_amount(const Contracts__SubcontractRow *row, struct day on)
{
        const Contracts__SubcontractAmount *last = NULL;
        for (size_t i = 0; i < row->n_amounts; i++) {
                const Contracts__SubcontractAmount *one = row->amounts[i];
                if (one->from->days <= day_number(on) &&
                    (last == NULL || one->from->days > last->from->days ||
                     (one->from->days == last->from->days && one->number > last->number)))
                        last = one;
        }
        return money_of(last == NULL ? row->declared->amount : last->amount);
}

/* ---- what may be said */

static bool is_behind(const Contracts__LedgerDecision *decision, const Types__Day *day, struct refusal *ret_refusal)
{
        char text[DAY_TEXT_SIZE];
        if (decision->decided_on->days >= day->days)
                return true;
        day_format(day_of(day), text);
        return refuse(
                ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "decision.decided_on",
                "L'acheteur n'a pas décidé avant le %s, jour où il a reçu la déclaration : vérifiez les deux dates.",
                text);
}

bool subcontract_may_decide(const Contracts__SubcontractRow *row, const Contracts__SubcontractDecided *decided,
                            struct refusal *ret_refusal)
{
        char text[DAY_TEXT_SIZE];
        if (row->decided != NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "subcontract_id",
                              "L'acheteur a déjà répondu sur ce sous-traitant : annulez sa réponse si elle est fausse "
                              "(WithdrawAct), ou déclarez un nouvel acte.");
        if (!is_behind(decided->decision, row->declared->declared_on, ret_refusal))
                return false;
        if (decided->choice == CONTRACTS__SUBCONTRACT_CHOICE__CHOICE_ACCEPT)
                return true;
        if (row->n_amounts > 0)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "subcontract_id",
                              "L'acheteur a signé un acte modificatif pour ce sous-traitant : annulez-le d'abord "
                              "(WithdrawAct).");
        if (decided->decision->decided_on->days < row->declared->tacit_on->days)
                return true;
        day_format(day_of(row->declared->tacit_on), text);
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "decision.decided_on",
                      "Le silence de l'acheteur vaut acceptation depuis le %s (R2193-4) : un refus d'après ce jour n'a "
                      "plus d'effet. Vérifiez la date de la décision, ou celle de la déclaration.",
                      text);
}

bool subcontract_may_amend(const Contracts__SubcontractRow *row, const Contracts__SubcontractAmended *amended,
                           struct refusal *ret_refusal)
{
        if (is_refused(row))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "subcontract_id",
                              "L'acheteur a refusé ce sous-traitant : déclarez un nouvel acte (DeclareSubcontract).");
        return is_behind(amended->decision, row->declared->declared_on, ret_refusal);
}

/* ---- its invoices */

bool subcontract_same_company(const char *siret, const char *other)
{
        return siret_valid(siret) && siret_valid(other) && strncmp(siret, other, SIREN_DIGITS) == 0;
}

struct subcontract_cover subcontract_cover(const struct subcontract_acts *acts, const char *siret, struct day on)
{
        struct subcontract_cover cover = {.amount = money_of_cents(0)};
        for (size_t i = 0; i < acts->count; i++) {
                const Contracts__SubcontractRow *row = acts->at[i];
                struct day accepted;
                if (!subcontract_same_company(row->declared->subcontractor_siret, siret))
                        continue;
                cover.is_declared = true;
                if (!subcontract_accepted_on(row, &accepted))
                        continue;
                if (!cover.has_accepted_on || day_number(accepted) < day_number(cover.accepted_on))
                        cover.accepted_on = accepted;
                cover.has_accepted_on = true;
                if (day_number(accepted) > day_number(on))
                        continue;
                cover.is_accepted = true;
                cover.amount = money_of_cents(money_cents(cover.amount) + money_cents(subcontract_amount(row, on)));
        }
        return cover;
}
