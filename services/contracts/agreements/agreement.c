#include "services/contracts/agreements/agreement.h"

#include <string.h>

#include "common/base/text.h"
#include "common/codec/types.h"

#define INVALID TYPES__REFUSAL_CODE__INVALID_FIELD

int agreement_rules_check(const struct dated *dated, struct err_info *info)
{
        const Contracts__AgreementRules *rules = (const Contracts__AgreementRules *)dated->root;
        for (size_t i = 0; i < rules->n_versions; i++)
                if (rules->versions[i]->renewal_warning_days == 0)
                        return err_set(info, ERR_CONFIG, "agreements.json: version %s: needs renewal_warning_days",
                                       rules->versions[i]->version);
        return 0;
}

/* ---- what a draft may say */

static bool check_perimeter(const Contracts__Agreement *agreement, struct refusal *ret_refusal)
{
        for (size_t i = 0; i < agreement->n_kinds; i++)
                if (agreement->kinds[i] == CONTRACTS__CONTRACT_KIND__CONTRACT_KIND_UNKNOWN)
                        return refuse(ret_refusal, INVALID, "agreement.kinds",
                                      "Une sorte de contrat est MARKET, CONCESSION ou PRIVATE.");
        return true;
}

static bool check_commitments(char *const *texts, size_t count, const char *field, struct refusal *ret_refusal)
{
        for (size_t i = 0; i < count; i++)
                if (text_is_empty(texts[i]))
                        return refuse(ret_refusal, INVALID, field,
                                      "L'engagement n° %zu est vide : écrivez-le, ou retirez-le.", i + 1);
        return true;
}

static bool is_positive(const Types__Money *money)
{
        return money != NULL && money->cents > 0;
}

static bool check_fee(const Contracts__FeeRule *fee, struct refusal *ret_refusal)
{
        if (fee == NULL || fee->kind == CONTRACTS__FEE_KIND__FEE_KIND_UNKNOWN)
                return true; /* not agreed yet */
        bool is_share = fee->kind == CONTRACTS__FEE_KIND__SHARE_OF_AMOUNT;
        bool is_none = fee->kind == CONTRACTS__FEE_KIND__NO_FEE;
        if (is_share ? fee->share == NULL || fee->share->millionths == 0 : fee->share != NULL)
                return refuse(ret_refusal, INVALID, "agreement.fee.share",
                              is_share ? "La part du montant manque : indiquez par exemple 0.01 pour 1 %%."
                                       : "Une part ne va qu'avec la règle « part du montant » (SHARE_OF_AMOUNT) : "
                                         "effacez-la.");
        if (is_share || is_none ? fee->rate != NULL : !is_positive(fee->rate))
                return refuse(ret_refusal, INVALID, "agreement.fee.rate",
                              is_share || is_none ? "Cette règle n'a pas de tarif : effacez-le."
                                                  : "Le tarif manque ou n'est pas positif : indiquez le forfait "
                                                    "annuel, le prix de l'heure ou celui d'un contrat.");
        if (fee->year_max != NULL && (is_none || !is_positive(fee->year_max)))
                return refuse(ret_refusal, INVALID, "agreement.fee.year_max",
                              "Le plafond annuel doit être positif, et n'a pas de sens sans participation financière.");
        if (fee->by_days && fee->kind != CONTRACTS__FEE_KIND__LUMP_SUM_YEAR)
                return refuse(ret_refusal, INVALID, "agreement.fee.by_days",
                              "Seul un forfait annuel (LUMP_SUM_YEAR) se compte au prorata des jours.");
        return true;
}

static bool check_dates(const Contracts__Agreement *agreement, struct refusal *ret_refusal)
{
        if (agreement->starts_on != NULL && agreement->ends_on != NULL &&
            agreement->ends_on->days < agreement->starts_on->days)
                return refuse(ret_refusal, INVALID, "agreement.ends_on",
                              "La convention finirait avant de commencer : corrigez l'une des deux dates.");
        if (agreement->tacit_renewal
                    ? agreement->renewal_months < 1 || agreement->renewal_months > AGREEMENT_RENEWAL_MONTHS_MAX
                    : agreement->renewal_months != 0 || agreement->renewals_max != 0)
                return refuse(ret_refusal, INVALID, "agreement.renewal_months",
                              agreement->tacit_renewal
                                      ? "La tacite reconduction dure de 1 à %d mois : indiquez combien."
                                      : "Sans tacite reconduction, laissez sa durée (%d mois au plus) et son nombre "
                                        "vides.",
                              AGREEMENT_RENEWAL_MONTHS_MAX);
        return true;
}

bool agreement_check(const Contracts__Agreement *agreement, struct refusal *ret_refusal)
{
        return check_perimeter(agreement, ret_refusal) &&
               check_commitments(agreement->buyer_commitments, agreement->n_buyer_commitments,
                                 "agreement.buyer_commitments", ret_refusal) &&
               check_commitments(agreement->carrier_commitments, agreement->n_carrier_commitments,
                                 "agreement.carrier_commitments", ret_refusal) &&
               check_fee(agreement->fee, ret_refusal) && check_dates(agreement, ret_refusal);
}

bool agreement_check_signed(const Contracts__AgreementRow *row, struct refusal *ret_refusal)
{
        if (row->ended_on != NULL || row->signed_on != NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "agreement_id",
                              row->ended_on != NULL ? "Cette convention est abandonnée : rédigez-en une nouvelle."
                                                    : "Cette convention est déjà signée : renouvelez-la ou mettez-y "
                                                      "fin.");
        if (row->agreement->starts_on == NULL || row->agreement->ends_on == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "agreement.starts_on",
                              "La convention n'a pas encore ses dates : complétez le projet avant de l'enregistrer "
                              "comme signée.");
        if (row->agreement->fee == NULL || row->agreement->fee->kind == CONTRACTS__FEE_KIND__FEE_KIND_UNKNOWN)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "agreement.fee",
                              "La convention ne dit pas si elle est financière : indiquez la règle de participation, "
                              "NO_FEE s'il n'y en a pas.");
        return true;
}

static bool check_notice(const Contracts__AgreementRow *row, const Contracts__EndAgreement *command,
                         struct refusal *ret_refusal)
{
        int32_t earliest = command->told_on->days + (int32_t)row->agreement->notice_days;
        if (command->by == CONTRACTS__ENDED_BY__BY_BOTH || command->ends_on->days >= earliest)
                return true;
        char text[DAY_TEXT_SIZE];
        day_format(day_of_number(earliest), text);
        return refuse(ret_refusal, INVALID, "ends_on",
                      "Le préavis est de %u jours : la convention ne peut finir avant le %s, à moins que les deux "
                      "parties n'y mettent fin d'accord (BY_BOTH).",
                      row->agreement->notice_days, text);
}

bool agreement_check_end(const Contracts__AgreementRow *row, const Contracts__EndAgreement *command,
                         struct refusal *ret_refusal)
{
        if (row->ended_on != NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "agreement_id",
                              "Cette convention a déjà pris fin.");
        if (row->signed_on == NULL)
                return true; /* a draft is given up: nobody owes a notice */
        if (command->ends_on->days < row->signed_on->days)
                return refuse(ret_refusal, INVALID, "ends_on",
                              "La convention ne peut finir avant d'avoir été signée : corrigez la date.");
        return check_notice(row, command, ret_refusal);
}

/* ---- when it is in force */

struct agreement_term agreement_term(const Contracts__AgreementRow *row, struct day day)
{
        const Contracts__Agreement *agreement = row->agreement;
        struct agreement_term term = {day_of(agreement->ends_on), 0, agreement->tacit_renewal};
        while (term.renews && day_number(term.ends_on) < day_number(day)) {
                struct day next = day_add_months(term.ends_on, (int)agreement->renewal_months);
                if (day_number(next) <= day_number(term.ends_on)) /* the calendar's own end */
                        break;
                term.ends_on = next;
                term.renewals++;
                term.renews = agreement->renewals_max == 0 || term.renewals < agreement->renewals_max;
        }
        if (row->ended_on != NULL) {
                term.renews = false;
                if (day_number(day_of(row->ended_on)) < day_number(term.ends_on))
                        term.ends_on = day_of(row->ended_on);
        }
        return term;
}

bool agreement_in_force(const Contracts__AgreementRow *row, struct day day)
{
        return row->signed_on != NULL && day_number(day) >= row->agreement->starts_on->days &&
               day_number(day) <= day_number(agreement_term(row, day).ends_on);
}

Contracts__AgreementState agreement_state(const Contracts__AgreementRow *row, struct day today)
{
        if (row->signed_on == NULL)
                return row->ended_on == NULL ? CONTRACTS__AGREEMENT_STATE__AGREEMENT_DRAFT
                                             : CONTRACTS__AGREEMENT_STATE__AGREEMENT_ENDED;
        if (agreement_in_force(row, today))
                return CONTRACTS__AGREEMENT_STATE__AGREEMENT_IN_FORCE;
        if (row->ended_on != NULL)
                return CONTRACTS__AGREEMENT_STATE__AGREEMENT_ENDED;
        return day_number(today) < row->agreement->starts_on->days ? CONTRACTS__AGREEMENT_STATE__AGREEMENT_COMING
                                                                   : CONTRACTS__AGREEMENT_STATE__AGREEMENT_EXPIRED;
}

bool agreement_is_financial(const Contracts__Agreement *agreement)
{
        return agreement->fee != NULL && agreement->fee->kind != CONTRACTS__FEE_KIND__NO_FEE &&
               agreement->fee->kind != CONTRACTS__FEE_KIND__FEE_KIND_UNKNOWN;
}

bool agreement_is_private(const Contracts__Agreement *agreement)
{
        for (size_t i = 0; i < agreement->n_kinds; i++)
                if (agreement->kinds[i] != CONTRACTS__CONTRACT_KIND__PRIVATE)
                        return false;
        return agreement->n_kinds > 0;
}

bool agreement_decide_by(const Contracts__AgreementRow *row, struct day today, struct day *ret)
{
        Contracts__AgreementState state = agreement_state(row, today);
        if (row->ended_on != NULL || (state != CONTRACTS__AGREEMENT_STATE__AGREEMENT_IN_FORCE &&
                                      state != CONTRACTS__AGREEMENT_STATE__AGREEMENT_COMING))
                return false;
        *ret = day_of_number(day_number(agreement_term(row, today).ends_on) - (int32_t)row->agreement->notice_days);
        return true;
}

/* ---- which contracts it covers */

static bool covers_territory(const Contracts__Agreement *agreement, const struct agreement_contract *contract)
{
        for (size_t i = 0; i < contract->territory_count; i++)
                if (text_is_among(contract->territories[i], agreement->territories, agreement->n_territories))
                        return true;
        return contract->territory_count == 0;
}

static bool covers_cpv(const Contracts__Agreement *agreement, const char *cpv)
{
        for (size_t i = 0; i < agreement->n_cpv_prefixes; i++)
                if (strncmp(cpv, agreement->cpv_prefixes[i], strlen(agreement->cpv_prefixes[i])) == 0)
                        return true;
        return agreement->n_cpv_prefixes == 0;
}

static bool covers_trade(const Contracts__Agreement *agreement, const struct agreement_contract *contract)
{
        if (covers_cpv(agreement, contract->record->cpv))
                return true;
        for (size_t i = 0; i < contract->lot_count; i++)
                if (covers_cpv(agreement, contract->lots[i]->cpv))
                        return true;
        return false;
}

static bool covers_kind(const Contracts__Agreement *agreement, Contracts__ContractKind kind)
{
        for (size_t i = 0; i < agreement->n_kinds; i++)
                if (agreement->kinds[i] == kind)
                        return true;
        return agreement->n_kinds == 0;
}

enum coverage agreement_coverage(const Contracts__AgreementRow *row, const struct agreement_contract *contract)
{
        const Contracts__Agreement *agreement = row->agreement;
        if (strcmp(agreement->buyer_siret, contract->record->buyer_siret) != 0)
                return COVERAGE_OTHER_BUYER;
        if (row->signed_on == NULL)
                return COVERAGE_NOT_SIGNED;
        if (!covers_territory(agreement, contract))
                return COVERAGE_OTHER_TERRITORY;
        if (!covers_kind(agreement, contract->record->kind) || !covers_trade(agreement, contract))
                return COVERAGE_OTHER_KIND;
        return agreement_in_force(row, contract->dated_on) ? COVERAGE_FULL : COVERAGE_OTHER_DATE;
}

const char *coverage_reason(enum coverage nearest)
{
        switch (nearest) {
        case COVERAGE_OTHER_BUYER: return "Aucune convention avec cet acheteur : proposez-en une.";
        case COVERAGE_NOT_SIGNED: return "Une convention avec cet acheteur est en projet : elle reste à signer.";
        case COVERAGE_OTHER_TERRITORY: return "La convention de cet acheteur ne porte pas sur ce département.";
        case COVERAGE_OTHER_KIND: return "La convention de cet acheteur ne porte pas sur cette sorte de contrat.";
        case COVERAGE_OTHER_DATE: return "La convention de cet acheteur n'était pas en vigueur à la date du contrat.";
        case COVERAGE_FULL: return "";
        }
        return "";
}

/* ---- two agreements */

bool agreement_counts_contracts(const Contracts__Agreement *agreement)
{
        Contracts__FeeKind kind = agreement->fee == NULL ? CONTRACTS__FEE_KIND__NO_FEE : agreement->fee->kind;
        return kind == CONTRACTS__FEE_KIND__PER_HOUR || kind == CONTRACTS__FEE_KIND__SHARE_OF_AMOUNT ||
               kind == CONTRACTS__FEE_KIND__PER_CONTRACT;
}

bool agreement_takes_over(const Contracts__AgreementRow *row, const Contracts__AgreementRow *other)
{
        struct id id = id_of(row->agreement_id), other_id = id_of(other->agreement_id);
        if (row->signed_on->days != other->signed_on->days)
                return row->signed_on->days > other->signed_on->days;
        return memcmp(id.b, other_id.b, sizeof(id.b)) > 0;
}

static bool share_territory(const Contracts__Agreement *one, const Contracts__Agreement *other)
{
        for (size_t i = 0; i < one->n_territories; i++)
                if (text_is_among(one->territories[i], other->territories, other->n_territories))
                        return true;
        return false;
}

static bool share_kind(const Contracts__Agreement *one, const Contracts__Agreement *other)
{
        for (size_t i = 0; i < one->n_kinds; i++)
                if (covers_kind(other, one->kinds[i]))
                        return true;
        return one->n_kinds == 0;
}

static bool share_trade(const Contracts__Agreement *one, const Contracts__Agreement *other)
{
        for (size_t i = 0; i < one->n_cpv_prefixes; i++)
                for (size_t k = 0; k < other->n_cpv_prefixes; k++) {
                        size_t a = strlen(one->cpv_prefixes[i]), b = strlen(other->cpv_prefixes[k]);
                        if (strncmp(one->cpv_prefixes[i], other->cpv_prefixes[k], a < b ? a : b) == 0)
                                return true;
                }
        return one->n_cpv_prefixes == 0 || other->n_cpv_prefixes == 0;
}

/* INT32_MAX: it renews itself as often as nobody gives notice. */
static int32_t last_day(const Contracts__AgreementRow *row)
{
        const Contracts__Agreement *agreement = row->agreement;
        if (row->ended_on != NULL)
                return row->ended_on->days;
        if (!agreement->tacit_renewal)
                return agreement->ends_on->days;
        return agreement->renewals_max == 0
                       ? INT32_MAX
                       : day_number(day_add_months(day_of(agreement->ends_on),
                                                   (int)(agreement->renewals_max * agreement->renewal_months)));
}

bool agreement_overlaps(const Contracts__AgreementRow *row, const Contracts__AgreementRow *other)
{
        const Contracts__Agreement *one = row->agreement, *two = other->agreement;
        return strcmp(one->buyer_siret, two->buyer_siret) == 0 && share_territory(one, two) && share_kind(one, two) &&
               share_trade(one, two) && one->starts_on->days <= last_day(other) &&
               two->starts_on->days <= last_day(row);
}
