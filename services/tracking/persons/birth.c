#include "services/tracking/persons/birth.h"

#include <stdio.h>
#include <string.h>

#include "common/base/text.h"
#include "common/codec/types.h"
#include "services/tracking/rules/eligibility.h"

enum { YEAR_MIN = 1900, YEAR_DIGITS = 4, MONTH_AT = 5, MONTH_DIGITS = 2, MONTHS = 12 };

bool birth_parse(const char *text, struct birth *ret)
{
        char year[YEAR_DIGITS + 1], month[MONTH_DIGITS + 1];
        uint64_t number = 0, of_month = 0;
        size_t size = strlen(text);
        *ret = (struct birth){0};
        if (size != YEAR_DIGITS && (size != MONTH_AT + MONTH_DIGITS || text[YEAR_DIGITS] != '-'))
                return false;
        (void)snprintf(year, sizeof(year), "%.4s", text);
        (void)snprintf(month, sizeof(month), "%.2s", size == YEAR_DIGITS ? "01" : text + MONTH_AT);
        if (!text_is_digits(year, YEAR_DIGITS) || !text_is_digits(month, MONTH_DIGITS) ||
            text_to_u64(year, UINT16_MAX, &number) != 0 || text_to_u64(month, MONTHS, &of_month) != 0 ||
            number < YEAR_MIN || of_month == 0)
                return false;
        ret->year = (int)number;
        ret->month = size == YEAR_DIGITS ? 0 : (int)of_month;
        return true;
}

struct birth birth_of(const Tracking__Identity *identity)
{
        struct birth birth = {0};
        if (identity->born_on != NULL) {
                struct civil civil = day_civil(day_of(identity->born_on));
                return (struct birth){civil.year, civil.month, civil.day};
        }
        (void)birth_parse(identity->born_in, &birth);
        return birth;
}

bool birth_is_whole(struct birth birth)
{
        return birth.day != 0;
}

struct birth_days birth_days(struct birth birth, struct day today, int youngest, int oldest)
{
        struct civil first = {birth.year, 1, 1}, next = {birth.year + 1, 1, 1};
        if (birth.year == 0)
                return (struct birth_days){day_add_months(today, -MONTHS * oldest),
                                           day_add_months(today, -MONTHS * youngest)};
        if (birth_is_whole(birth)) {
                struct day day = day_of_civil((struct civil){birth.year, birth.month, birth.day});
                return (struct birth_days){day, day};
        }
        if (birth.month != 0) {
                first.month = birth.month;
                next = birth.month == MONTHS ? next : (struct civil){birth.year, birth.month + 1, 1};
        }
        return (struct birth_days){day_of_civil(first), day_of_number(day_number(day_of_civil(next)) - 1)};
}

static bool is_told_once(const Tracking__Identity *identity, struct refusal *ret)
{
        struct birth part;
        bool has_day = identity->born_on != NULL, has_part = identity->born_in[0] != '\0';
        if (has_day && has_part)
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "identity.born_in",
                              "Donnez la date de naissance entière, ou ce qui en est connu : pas les deux.");
        if (has_part && !birth_parse(identity->born_in, &part))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "identity.born_in",
                              "Écrivez l'année seule (1990) ou l'année et le mois (1990-05).");
        if (!has_day && !has_part && text_is_empty(identity->birth_vouched_by))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "identity.born_on",
                              "La date de naissance manque. Si seule l'année est connue, donnez-la (1990) ; si rien "
                              "n'est connu, dites qui l'atteste.");
        return true;
}

bool birth_is_sound(const Tracking__Identity *identity, struct day today, int youngest, int oldest, struct refusal *ret)
{
        struct birth birth = birth_of(identity);
        struct birth_days days = birth_days(birth, today, youngest, oldest);
        if (!is_told_once(identity, ret))
                return false;
        if (age_years(days.first, today) < youngest || age_years(days.last, today) > oldest)
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD,
                              birth_is_whole(birth) ? "identity.born_on" : "identity.born_in",
                              "La personne doit avoir de %d à %d ans : vérifiez la date de naissance.", youngest,
                              oldest);
        return true;
}
