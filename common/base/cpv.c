#include "common/base/cpv.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "common/base/attr.h"

static bool begins_with_one(const char *digits, const char *const *starts, size_t count)
{
        for (size_t i = 0; i < count; i++)
                if (strncmp(digits, starts[i], strlen(starts[i])) == 0)
                        return true;
        return false;
}

static bool is_of_a_division(const char *digits)
{
        static const char *const divisions[] = {
                "03", "09", "14", "15", "16", "18", "19", "22", "24", "30", "31", "32", "33", "34", "35",
                "37", "38", "39", "41", "42", "43", "44", "45", "48", "50", "51", "55", "60", "63", "64",
                "65", "66", "70", "71", "72", "73", "75", "76", "77", "79", "80", "85", "90", "92", "98",
        };
        return begins_with_one(digits, divisions, ARRAY_SIZE(divisions));
}

/* The classes of the two divisions that begin with a zero. */
static bool is_of_a_class(const char *digits)
{
        static const char *const classes[] = {
                "0300", "0310", "0311", "0312", "0313", "0314", "0320", "0321", "0322", "0330", "0331", "0332",
                "0333", "0334", "0340", "0341", "0342", "0343", "0344", "0345", "0346", "0900", "0910", "0911",
                "0912", "0913", "0920", "0921", "0922", "0923", "0924", "0930", "0931", "0932", "0933", "0934",
        };
        return begins_with_one(digits, classes, ARRAY_SIZE(classes));
}

enum cpv_form cpv_read(const char *text, char ret_cpv[CPV_TEXT_SIZE])
{
        size_t digits = strspn(text, "0123456789");
        const char *rest = text + digits;
        bool is_checked = rest[0] == '-' && rest[1] >= '0' && rest[1] <= '9' && rest[2] == '\0';
        bool is_lost = digits == CPV_DIGITS - 1;
        char code[CPV_TEXT_SIZE];

        if ((rest[0] != '\0' && strcmp(rest, "-") != 0 && !is_checked) || (digits != CPV_DIGITS && !is_lost))
                return CPV_NONE;
        (void)snprintf(code, sizeof(code), "%s%.*s%s", is_lost ? "0" : "", (int)digits, text, is_checked ? rest : "");
        if (is_lost ? !is_of_a_class(code) : !is_of_a_division(code))
                return CPV_NONE;
        memcpy(ret_cpv, code, sizeof(code));
        return is_lost ? CPV_ZERO_ADDED : CPV_WHOLE;
}
