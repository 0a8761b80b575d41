#include "services/contracts/obligations/taken_over.h"

#include <ctype.h>
#include <sodium.h>
#include <string.h>

#include "common/base/french.h"
#include "common/base/require.h"
#include "common/base/text.h"
#include "common/base/working_time.h"
#include "common/codec/types.h"
#include "common/store/key.h"

enum { FOLDED_SIZE = 256, INITIALS_MAX = 3, LETTERS_MAX = 5, DIGITS_MAX = 9 };

enum account taken_over_account(Types__Modality modality)
{
        return modality == TYPES__MODALITY__SUBCONTRACTING ? ACCOUNT_CONVERTED : ACCOUNT_DONE;
}

/* ---- persons */

/* Letters in all, the longest run of them, digits. */
struct shape {
        size_t letters, longest, digits;
};

static struct shape shape_of(const char *folded)
{
        struct shape shape = {0};
        size_t run = 0;
        for (const unsigned char *c = (const unsigned char *)folded; *c != '\0'; c++) {
                bool is_digit = isdigit(*c) != 0; /* folded: letters and digits alone */
                run = is_digit ? 0 : run + 1;
                shape.letters += !is_digit;
                shape.digits += is_digit;
                if (run > shape.longest)
                        shape.longest = run;
        }
        return shape;
}

bool taken_over_reference(const char *reference, const char *field, struct refusal *ret_refusal)
{
        char folded[FOLDED_SIZE];
        if (text_is_empty(reference))
                return true;
        text_fold(reference, folded, sizeof(folded));
        struct shape shape = shape_of(folded);
        if (strchr(reference, '@') != NULL || shape.digits > DIGITS_MAX)
                return refuse(
                        ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, field,
                        "Cette référence ressemble à un numéro de sécurité sociale, de téléphone ou à une adresse "
                        ": donnez le matricule ou les initiales de la personne.");
        if (shape.digits == 0 ? shape.letters > INITIALS_MAX : shape.longest > LETTERS_MAX)
                return refuse(
                        ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, field,
                        "Cette référence ressemble à un nom : donnez le matricule, ou les initiales (trois lettres "
                        "au plus), jamais le nom de la personne.");
        return true;
}

struct id taken_over_person(const uint8_t key[PERSON_KEY_SIZE], const char *employer_siret, const char *reference)
{
        char folded[FOLDED_SIZE];
        struct id name = {{0}};
        crypto_generichash_state state;
        if (text_is_empty(reference))
                return name;
        text_fold(reference, folded, sizeof(folded));
        require(crypto_generichash_init(&state, key, PERSON_KEY_SIZE, sizeof(name.b)) == 0 &&
                crypto_generichash_update(&state, (const uint8_t *)employer_siret, strlen(employer_siret) + 1) == 0 &&
                crypto_generichash_update(&state, (const uint8_t *)folded, strlen(folded)) == 0 &&
                crypto_generichash_final(&state, name.b, sizeof(name.b)) == 0);
        return id_derived(0, id_slice(&name)); /* an id as others are, which says so */
}

struct id taken_over_line_id(struct id obligation, const Contracts__TakenOverLine *line)
{
        struct key name = key_of_id(obligation);
        key_u32(&name, (uint32_t)month_number(month_of(line->month)));
        key_u8(&name, (uint8_t)line->modality);
        key_text(&name, line->structure_siret);
        key_id(&name, id_of(line->person));
        return id_derived(0, key_slice(&name));
}

/* ---- months */

struct contract_months contract_months_of(const Contracts__ContractRecord *record, const Types__Day *ended_on,
                                          struct day today)
{
        const Types__Day *starts = record->starts_on != NULL ? record->starts_on : record->notified_on;
        struct contract_months months = {.last = month_of_day(today), .has_first = starts != NULL};
        if (starts != NULL)
                months.first = month_of_day(day_of(starts));
        if (ended_on != NULL && ended_on->days < day_number(today))
                months.last = month_of_day(day_of(ended_on));
        return months;
}

bool taken_over_month(const struct contract_months *months, struct month month, const char *field,
                      struct refusal *ret_refusal)
{
        char text[MONTH_TEXT_SIZE];
        if (month_number(month) > month_number(months->last)) {
                month_format(months->last, text);
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, field,
                              "Ce mois vient après le dernier qui compte (%s) : corrigez le mois, ou retirez la ligne.",
                              text);
        }
        if (months->has_first && month_number(month) < month_number(months->first)) {
                month_format(months->first, text);
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, field,
                              "Ce mois vient avant le début du contrat (%s) : corrigez le mois, ou la date du contrat.",
                              text);
        }
        return true;
}

/* ---- the law */

static const Tracking__HoursCheck *check_named(const Tracking__HoursVersion *rules, const char *code)
{
        for (size_t i = 0; i < rules->n_checks; i++)
                if (strcmp(rules->checks[i]->code, code) == 0 &&
                    rules->checks[i]->severity != TRACKING__HOURS_SEVERITY__OFF)
                        return rules->checks[i];
        return NULL;
}

static bool is_over(const Tracking__HoursVersion *rules, const char *code, const struct person_month *worked,
                    int64_t *ret_most)
{
        const Tracking__HoursCheck *check = check_named(rules, code);
        struct month next = month_of_number(month_number(worked->month) + 1);
        struct day last = day_of_number(day_number(month_first_day(next)) - 1);
        if (check == NULL)
                return false;
        *ret_most = hours_between(month_first_day(worked->month), last, hours_hundredths(hours_of(check->daily)),
                                  hours_hundredths(hours_of(check->weekly)));
        return worked->hundredths > *ret_most;
}

bool taken_over_may_work(const Tracking__HoursVersion *rules, const struct person_month *worked, const char *field,
                         struct refusal *ret_refusal)
{
        enum { HUNDREDTHS = 100 };
        int64_t most;
        return !is_over(rules, "OVER_DAYS", worked, &most) ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, field,
                      "Cette personne aurait fait %lld h ce mois-là, tous contrats repris confondus : un mois n'en "
                      "permet que %lld. Corrigez les heures, ou la référence si ce sont deux personnes.",
                      (long long)(worked->hundredths / HUNDREDTHS), (long long)(most / HUNDREDTHS));
}

char *taken_over_warn(const Tracking__HoursVersion *rules, const struct person_month *worked, struct arena *arena)
{
        int64_t most;
        if (!is_over(rules, "PERSON_OVER_LEGAL", worked, &most))
                return NULL;
        return arena_printf(arena,
                            "%s en %s pour une même personne, tous contrats repris confondus : la durée légale du mois "
                            "en permet %s. Vérifiez la référence et les heures.",
                            french_hours(arena, hours_of_hundredths(worked->hundredths)),
                            french_month(arena, worked->month), french_hours(arena, hours_of_hundredths(most)));
}
