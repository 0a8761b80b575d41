#include "services/contracts/agreements/agreement_print.h"

#include <string.h>

#include "common/base/attr.h"
#include "common/base/french.h"
#include "common/base/text.h"
#include "common/codec/types.h"
#include "common/texts/texts.h"
#include "services/contracts/agreements/letterhead.h"

/* What is being printed. */
struct printing {
        const Contracts__Agreement *agreement;
        const Texts__TextVersion *library;
        struct arena *arena;
        struct refusal *refusal;
};

/* Texts one after the other, each behind its mark. "" where there is none. */
static char *joined(struct arena *arena, char *const *texts, size_t count, const char *mark)
{
        char *all = arena_text(arena, "");
        for (size_t i = 0; i < count; i++)
                all = arena_printf(arena, "%s%s%s", all, i == 0 && mark[0] == ',' ? "" : mark, texts[i]);
        return *mark == '\n' && *all != '\0' ? all + 1 : all;
}

static char *kinds_of(const struct printing *printing)
{
        static const char *const names[] = {
                [CONTRACTS__CONTRACT_KIND__MARKET] = "marchés publics",
                [CONTRACTS__CONTRACT_KIND__CONCESSION] = "concessions",
                [CONTRACTS__CONTRACT_KIND__PRIVATE] = "contrats privés",
        };
        const Contracts__Agreement *agreement = printing->agreement;
        char *texts[ARRAY_SIZE(names)];
        size_t count = 0;
        for (size_t i = 1; i < ARRAY_SIZE(names); i++) {
                bool wanted = agreement->n_kinds == 0 && i != CONTRACTS__CONTRACT_KIND__PRIVATE;
                for (size_t j = 0; j < agreement->n_kinds; j++)
                        wanted = wanted || (size_t)agreement->kinds[j] == i;
                if (wanted)
                        texts[count++] = (char *)(uintptr_t)names[i];
        }
        return joined(printing->arena, texts, count, ", ");
}

static char *day_text(const struct printing *printing, const Types__Day *day)
{
        return day == NULL ? NULL : french_day(printing->arena, day_of(day));
}

/* A text of the library, merged; its last line end is cut, for it goes into another text. NULL with the refusal. */
static char *merged(const struct printing *printing, const char *name, const struct text_field *fields, size_t count)
{
        const Texts__Text *text = text_find(printing->library, name);
        if (text == NULL) {
                (void)refuse(printing->refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "",
                             "La bibliothèque de textes %s n'a pas de texte « %s » : complétez-la.",
                             printing->library->version, name);
                return NULL;
        }
        char *result = text_merge(text, fields, count, printing->arena, printing->refusal);
        size_t size = result == NULL ? 0 : strlen(result);
        if (size > 0 && result[size - 1] == '\n')
                result[size - 1] = '\0';
        return result;
}

/* The sentence of the fee rule. *ret NULL: there is no rule yet, which the main text tells as missing. */
static bool print_fee(const struct printing *printing, char **ret)
{
        static const char *const names[] = {
                [CONTRACTS__FEE_KIND__FEE_KIND_UNKNOWN] = NULL,
                [CONTRACTS__FEE_KIND__NO_FEE] = "fee_none",
                [CONTRACTS__FEE_KIND__LUMP_SUM_YEAR] = "fee_lump_sum_year",
                [CONTRACTS__FEE_KIND__PER_HOUR] = "fee_per_hour",
                [CONTRACTS__FEE_KIND__SHARE_OF_AMOUNT] = "fee_share_of_amount",
                [CONTRACTS__FEE_KIND__PER_CONTRACT] = "fee_per_contract",
        };
        const Contracts__FeeRule *fee = printing->agreement->fee;
        *ret = NULL;
        if (fee == NULL || (size_t)fee->kind >= ARRAY_SIZE(names) || names[fee->kind] == NULL)
                return true;
        const struct text_field fields[] = {
                {"tarif", fee->rate == NULL ? NULL : french_money(printing->arena, money_of(fee->rate))},
                {"part", fee->share == NULL ? NULL : french_share(printing->arena, share_of(fee->share))},
                {"plafond", fee->year_max == NULL ? NULL : french_money(printing->arena, money_of(fee->year_max))},
        };
        char *rule = merged(printing, names[fee->kind], fields, ARRAY_SIZE(fields));
        char *cap = fee->year_max == NULL ? arena_text(printing->arena, "")
                                          : merged(printing, "fee_cap", fields, ARRAY_SIZE(fields));
        char *days = !fee->by_days ? arena_text(printing->arena, "") : merged(printing, "fee_by_days", NULL, 0);
        if (rule == NULL || cap == NULL || days == NULL)
                return false;
        *ret = arena_printf(printing->arena, "%s%s%s%s%s", rule, *days == '\0' ? "" : " ", days,
                            *cap == '\0' ? "" : " ", cap);
        return true;
}

static char *print_renewal(const struct printing *printing)
{
        const Contracts__Agreement *agreement = printing->agreement;
        char *times = agreement->renewals_max == 0
                              ? arena_text(printing->arena, "autant de fois que les parties le souhaitent")
                              : arena_printf(printing->arena, "%u fois au plus", agreement->renewals_max);
        const struct text_field fields[] = {
                {"durée de la reconduction", arena_printf(printing->arena, "%u mois", agreement->renewal_months)},
                {"nombre de reconductions", times},
                {"préavis", french_count(printing->arena, agreement->notice_days, "jour")},
        };
        return merged(printing, agreement->tacit_renewal ? "renewal_tacit" : "renewal_express", fields,
                      ARRAY_SIZE(fields));
}

bool agreement_print(const Contracts__Agreement *agreement, const struct agreement_matter *matter, struct arena *arena,
                     struct agreement_print *ret, struct refusal *ret_refusal)
{
        struct printing printing = {agreement, matter->library, arena, ret_refusal};
        char *fee;
        char *renewal = print_renewal(&printing);
        if (renewal == NULL || !print_fee(&printing, &fee))
                return false;
        char *trades = joined(arena, agreement->cpv_prefixes, agreement->n_cpv_prefixes, ", ");
        const struct text_field fields[] = {
                {"acheteur", agreement->buyer_name},
                {"SIRET de l'acheteur", siret_told(arena, agreement->buyer_siret)},
                {"représentant de l'acheteur", agreement->buyer_represented_by},
                {"structure porteuse", agreement->carrier_name},
                {"SIRET de la structure porteuse", siret_told(arena, agreement->carrier_siret)},
                {"représentant de la structure porteuse", agreement->carrier_represented_by},
                {"adresse de l'acheteur", matter->buyer_address},
                {"adresse de la structure porteuse", matter->carrier_address},
                {"périmètre", agreement->perimeter},
                {"départements", joined(arena, agreement->territories, agreement->n_territories, ", ")},
                {"sortes de contrats", kinds_of(&printing)},
                {"métiers", *trades == '\0' ? "tous" : arena_printf(arena, "codes CPV commençant par %s", trades)},
                {"engagements de l'acheteur",
                 joined(arena, agreement->buyer_commitments, agreement->n_buyer_commitments, "\n- ")},
                {"engagements de la structure porteuse",
                 joined(arena, agreement->carrier_commitments, agreement->n_carrier_commitments, "\n- ")},
                {"participation financière", fee},
                {"date de début", day_text(&printing, agreement->starts_on)},
                {"date de fin", day_text(&printing, agreement->ends_on)},
                {"reconduction", renewal},
                {"préavis", agreement->notice_days == 0 ? NULL : french_count(arena, agreement->notice_days, "jour")},
        };
        char *text = merged(&printing, "agreement", fields, ARRAY_SIZE(fields));
        if (text == NULL)
                return false;
        const Texts__Text *of = text_find(matter->library, "agreement");
        *ret = (struct agreement_print){
                of->title, text, matter->library->version, matter->library->source, of->to_confirm, of->n_to_confirm};
        return true;
}
