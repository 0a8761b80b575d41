#include "services/tracking/persons/beneficiary.h"

#include <string.h>

#include "common/base/text.h"
#include "common/codec/field_rules.h"
#include "services/tracking/persons/birth.h"
#include "services/tracking/rules/wording.h"

/* One name only is said, so that a given name that was forgotten is asked for. */
static bool names_are_sound(const Tracking__Identity *identity, struct refusal *ret)
{
        bool has_given = !text_is_empty(identity->given_name);
        if (!has_given && !identity->one_name)
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "identity.given_name",
                              "Le prénom manque. Si la personne n'a qu'un nom, écrivez-le comme nom de famille et "
                              "indiquez « un seul nom ».");
        if (has_given && identity->one_name)
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "identity.one_name",
                              "Un seul nom est indiqué, et un prénom est donné : gardez l'un des deux.");
        return true;
}

bool referral_is_sound(const Tracking__ReferBeneficiary *command, struct day today, struct refusal *ret)
{
        if (!names_are_sound(command->identity, ret) ||
            !birth_is_sound(command->identity, today, AGE_MIN_YEARS, AGE_MAX_YEARS, ret))
                return false;
        if (text_holds_nir(command->identity->phone))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "identity.phone",
                              "Retirez le numéro de sécurité sociale du téléphone : il ne doit pas être conservé.");
        if (command->referred_on != NULL && command->referred_on->days < day_number(today) - DAYS_BACK_MAX)
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "referred_on",
                              "Cette orientation a plus de dix ans : vérifiez l'année ; une personne perdue de vue "
                              "depuis s'oriente de nouveau, au jour de la nouvelle orientation.");
        return true;
}

bool reason_is_sound(const char *reason, struct refusal *ret)
{
        if (text_holds_nir(reason))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "reason",
                              "Retirez le numéro de sécurité sociale du motif : il ne doit pas être conservé.");
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

static size_t add_period(struct period *periods, size_t count, struct period period)
{
        if (first(&period) <= last(&period))
                periods[count++] = period;
        return count;
}

size_t periods_suspend(struct period *periods, size_t count, struct day from, struct day until)
{
        struct period before[PERSON_PERIODS_MAX];
        size_t kept = 0;
        memcpy(before, periods, count * sizeof(*periods));
        for (size_t i = 0; i < count; i++) {
                struct period old = before[i];
                if (last(&old) < day_number(from) || first(&old) > day_number(until)) {
                        periods[kept++] = old;
                        continue;
                }
                kept = add_period(periods, kept, (struct period){old.from, day_of_number(day_number(from) - 1), true});
                kept = add_period(periods, kept,
                                  (struct period){day_of_number(day_number(until) + 1), old.until, old.cut});
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
