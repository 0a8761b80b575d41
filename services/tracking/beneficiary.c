#include "services/tracking/beneficiary.h"

#include <ctype.h>
#include <string.h>

#include "common/base/text.h"
#include "common/codec/types.h"
#include "services/tracking/rules/eligibility.h"
#include "services/tracking/wording.h"

static bool name_is_sound(const char *name, const char *field, const char *what, struct refusal *ret)
{
        if (text_is_empty(name))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, field, "Indiquez %s de la personne.", what);
        for (const char *at = name; *at != '\0'; at++)
                if (isdigit((unsigned char)*at) || iscntrl((unsigned char)*at))
                        return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, field,
                                      "Écrivez %s sans chiffre ni caractère de contrôle.", what);
        return true;
}

static bool birth_is_sound(const Types__Day *born_on, struct day today, struct refusal *ret)
{
        if (born_on == NULL)
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "identity.born_on",
                              "Indiquez la date de naissance de la personne.");
        int age = age_years(day_of(born_on), today);
        if (age < AGE_MIN_YEARS || age > AGE_MAX_YEARS)
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "identity.born_on",
                              "La personne doit avoir de %d à %d ans : vérifiez la date de naissance.", AGE_MIN_YEARS,
                              AGE_MAX_YEARS);
        return true;
}

static bool contacts_are_sound(const Tracking__Identity *identity, struct refusal *ret)
{
        enum { PHONE_SIZE_MAX = 24 };
        char department[TERRITORY_TEXT_SIZE];
        const char *phone = identity->phone;

        if (strspn(phone, "+0123456789 .()-") != strlen(phone) || strlen(phone) > PHONE_SIZE_MAX ||
            text_holds_nir(phone))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "identity.phone",
                              "Écrivez le téléphone en chiffres, par exemple 06 12 34 56 78, ou laissez-le vide.");
        territory_of_commune(identity->commune, department);
        if (identity->commune[0] != '\0' && department[0] == '\0')
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "identity.commune",
                              "Écrivez le code INSEE de la commune (cinq caractères), ou laissez-le vide.");
        return true;
}

bool referral_is_sound(const Tracking__ReferBeneficiary *command, struct day today, struct refusal *ret)
{
        const Tracking__Identity *identity = command->identity;
        if (identity == NULL)
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "identity",
                              "Indiquez l'identité de la personne.");
        if (!name_is_sound(identity->family_name, "identity.family_name", "le nom de famille", ret) ||
            !name_is_sound(identity->given_name, "identity.given_name", "le prénom", ret) ||
            !birth_is_sound(identity->born_on, today, ret) || !contacts_are_sound(identity, ret))
                return false;
        if (!territory_valid(command->territory))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "territory",
                              "Indiquez le département qui suit la personne, par exemple 31.");
        return true;
}

bool reason_is_sound(const char *reason, bool demanded, struct refusal *ret)
{
        if (demanded && text_is_empty(reason))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "reason", "Écrivez le motif.");
        if (text_holds_nir(reason))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "reason",
                              "Retirez le numéro de sécurité sociale du motif : il ne doit pas être conservé.");
        return true;
}

bool first_day_is_sound(const Types__Day *day, const char *field, struct day today, struct refusal *ret)
{
        if (day == NULL)
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, field, "Indiquez la date de début.");
        int32_t ahead = day->days - day_number(today);
        if (ahead < -DAYS_BACK_MAX || ahead > DAYS_AHEAD_MAX)
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, field,
                              "La date de début doit être dans les dix dernières années ou les deux prochaines : "
                              "vérifiez l'année.");
        return true;
}

/* --- periods ---------------------------------------------------------------------------------------------------- */

static int32_t first(const struct period *p)
{
        return day_number(p->from);
}

static int32_t last(const struct period *p)
{
        return day_number(p->until);
}

size_t periods_grant(struct period *periods, size_t count, struct period granted)
{
        size_t kept = 0, at = 0;
        for (size_t i = 0; i < count; i++) {
                struct period old = periods[i];
                if (last(&old) + 1 < first(&granted)) { /* wholly before, a day or more apart */
                        periods[kept++] = old;
                        at = kept;
                } else if (last(&granted) + 1 < first(&old)) { /* wholly after */
                        periods[kept++] = old;
                } else {
                        if (first(&old) < first(&granted))
                                granted.from = old.from;
                        if (last(&old) > last(&granted)) {
                                granted.until = old.until;
                                granted.cut = old.cut;
                        }
                }
        }
        memmove(periods + at + 1, periods + at, (kept - at) * sizeof(*periods));
        periods[at] = granted;
        return kept + 1;
}

size_t periods_refuse(struct period *periods, size_t count, struct day from)
{
        size_t kept = 0;
        while (kept < count && first(&periods[kept]) < day_number(from)) {
                struct period *period = &periods[kept++];
                if (last(period) >= day_number(from)) {
                        period->until = day_of_number(day_number(from) - 1);
                        period->cut = true;
                }
        }
        return kept;
}

const struct period *periods_meeting(const struct period *periods, size_t count, struct day from, struct day until)
{
        for (size_t i = 0; i < count; i++)
                if (first(&periods[i]) <= day_number(until) && last(&periods[i]) >= day_number(from))
                        return &periods[i];
        return NULL;
}
