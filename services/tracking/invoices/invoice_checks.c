#include "services/tracking/invoices/invoice_checks.h"

#include <string.h>

#include "common/base/attr.h"
#include "common/base/french.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"

enum { HUNDREDTHS = 100 };

struct asked {
        const Tracking__InvoiceCheck *check;
        const struct invoice_facts *facts;
        struct arena *arena;
};

static int64_t cents(const Types__Money *money)
{
        return money_cents(money_of(money));
}

/* What an hour of it costs, and whether that can be. Figures are bounded before, so a product fits. */
static char *hour_price(const struct asked *a)
{
        int64_t hundredths = hours_hundredths(a->facts->hours);
        __int128 price = hundredths == 0 ? 0 : (__int128)money_cents(a->facts->amount) * HUNDREDTHS / hundredths;
        if (hundredths == 0 || (price >= cents(a->check->lowest) && price <= cents(a->check->highest)))
                return NULL;
        return arena_printf(a->arena,
                            "%s pour %s, soit %s de l'heure : hors de ce qui se rencontre (de %s à %s). Vérifiez le "
                            "montant hors taxes et les heures.",
                            french_money(a->arena, a->facts->amount), french_hours(a->arena, a->facts->hours),
                            french_money(a->arena, money_of_cents((int64_t)price)),
                            french_money(a->arena, money_of(a->check->lowest)),
                            french_money(a->arena, money_of(a->check->highest)));
}

static char *over_contract(const struct asked *a)
{
        struct money all;
        bool fits = money_add(a->facts->amount, money_of_cents(a->facts->others_cents), &all) == 0;
        if (a->facts->contract_cents == 0 || (fits && money_cents(all) <= a->facts->contract_cents))
                return NULL;
        return arena_printf(a->arena,
                            "Avec les autres factures de cette obligation, plus que le montant du contrat (%s) : "
                            "vérifiez le montant, et l'obligation.",
                            french_money(a->arena, money_of_cents(a->facts->contract_cents)));
}

static char *staff_too(const struct asked *a)
{
        return !a->facts->has_staff
                       ? NULL
                       : arena_text(a->arena,
                                    "Un parcours du même employeur court sur cette obligation ce mois-là : ses heures "
                                    "et cette facture ne comptent pas toutes deux. Vérifiez qu'elles n'y sont pas.");
}

/* One of what was done is made out after its end, too. */
static char *before_contract(const struct asked *a)
{
        struct contract_life begun = a->facts->life;
        begun.has_ended = false;
        return contract_life_outside(&begun, a->facts->dated, a->facts->dated, a->arena);
}

static char *own_subcontractor(const struct asked *a)
{
        return !a->facts->is_owing
                       ? NULL
                       : arena_text(a->arena,
                                    "Cette structure doit elle-même ces heures, et ne se sous-traite pas à elle-même : "
                                    "ses salariés comptent par leurs relevés d'heures (embauche directe).");
}

static const struct kind {
        const char *code, *field;
        bool needs_range;
        char *(*say)(const struct asked *a);
} kinds[] = {
        {"HOUR_PRICE_ABSURD", "amount", true, hour_price},
        {"HOUR_PRICE", "amount", true, hour_price},
        {"OVER_CONTRACT_AMOUNT", "amount", false, over_contract},
        {"INVOICE_AND_STAFF", "dated", false, staff_too},
        {"OWN_SUBCONTRACTOR", "subcontractor", false, own_subcontractor},
        {"BEFORE_CONTRACT", "dated", false, before_contract},
};

static const struct kind *kind_of(const char *code)
{
        for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
                if (strcmp(kinds[i].code, code) == 0)
                        return &kinds[i];
        return NULL;
}

/* Of checks that say the same the first alone is told, more gravely. */
static bool is_said(Tracking__HoursWarning *const *warnings, size_t count, const struct kind *kind)
{
        for (size_t i = 0; i < count; i++)
                if (kind_of(warnings[i]->code)->say == kind->say)
                        return true;
        return false;
}

Tracking__HoursWarning **invoice_check(const Tracking__HoursVersion *rules, const struct invoice_facts *facts,
                                       struct arena *arena, size_t *ret_count)
{
        Tracking__HoursWarning **list = arena_alloc(arena, (rules->n_invoice_checks + 1) * sizeof(*list));
        size_t count = 0;
        for (size_t i = 0; i < rules->n_invoice_checks; i++) {
                const struct asked asked = {rules->invoice_checks[i], facts, arena};
                const struct kind *kind = kind_of(asked.check->code);
                if (kind == NULL || asked.check->severity == TRACKING__HOURS_SEVERITY__OFF ||
                    is_said(list, count, kind))
                        continue;
                char *text = kind->say(&asked);
                if (text == NULL)
                        continue;
                list[count] = pb_new(&tracking__hours_warning__descriptor, arena);
                list[count]->code = asked.check->code;
                list[count]->field = arena_text(arena, kind->field);
                list[count]->text = text;
                list[count]->blocks = asked.check->severity == TRACKING__HOURS_SEVERITY__BLOCK;
                list[count]->source = asked.check->source;
                count++;
        }
        *ret_count = count;
        return list;
}

bool invoice_warnings_pass(Tracking__HoursWarning *const *warnings, size_t count, struct refusal *ret_refusal)
{
        for (size_t i = 0; i < count; i++)
                if (warnings[i]->blocks)
                        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, warnings[i]->field, "%s",
                                      warnings[i]->text);
        return true;
}

const char *invoice_rules_fault(const Tracking__HoursVersion *rules)
{
        for (size_t i = 0; i < rules->n_invoice_checks; i++) {
                const Tracking__InvoiceCheck *check = rules->invoice_checks[i];
                const struct kind *kind = kind_of(check->code);
                if (kind == NULL)
                        return "an invoice check that services/tracking/invoices/invoice_checks.c does not have";
                if (check->severity == TRACKING__HOURS_SEVERITY__HOURS_SEVERITY_UNKNOWN)
                        return "an invoice check whose severity is none of WARN, BLOCK, OFF";
                if (kind->needs_range &&
                    (check->lowest == NULL || check->highest == NULL || cents(check->lowest) > cents(check->highest)))
                        return "an invoice check that needs lowest and highest";
        }
        return NULL;
}
