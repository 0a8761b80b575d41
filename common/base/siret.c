#include "common/base/siret.h"

#include <stdio.h>
#include <string.h>

#include "common/base/require.h"
#include "common/base/text.h"

/* Every second digit from the right counts double, and the digits of what results are summed. */
static int luhn(const char *digits, int count)
{
        int sum = 0;
        for (int i = 0; i < count; i++) {
                int digit = digits[count - 1 - i] - '0';
                int weighed = i % 2 == 1 ? digit * 2 : digit;
                sum += weighed > 9 ? weighed - 9 : weighed;
        }
        return sum % 10;
}

static int sum_of_digits(const char *digits)
{
        int sum = 0;
        for (; *digits != '\0'; digits++)
                sum += *digits - '0';
        return sum;
}

/* The SIREN that a text begins with. */
static bool begins_with_company(const char *digits)
{
        return strncmp(digits, "000000000", SIREN_DIGITS) != 0 && luhn(digits, SIREN_DIGITS) == 0;
}

bool siren_valid(const char *text)
{
        return text_is_digits(text, SIREN_DIGITS) && begins_with_company(text);
}

bool siret_valid(const char *text)
{
        if (!text_is_digits(text, SIRET_DIGITS) || !begins_with_company(text))
                return false;
        bool la_poste = strncmp(text, "356000000", SIREN_DIGITS) == 0;
        return luhn(text, SIRET_DIGITS) == 0 || (la_poste && sum_of_digits(text) % 5 == 0);
}

bool siret_same_company(const char *a, const char *b)
{
        return siret_valid(a) && siret_valid(b) && strncmp(a, b, SIREN_DIGITS) == 0;
}

/* Writes the digit behind `count` others that makes them whole. */
static void add_key(char *digits, int count)
{
        digits[count] = '0';
        digits[count] = (char)('0' + (10 - luhn(digits, count + 1)) % 10);
        digits[count + 1] = '\0';
}

void siret_make(unsigned company, unsigned establishment, char ret_siret[SIRET_DIGITS + 1])
{
        require(company > 0 && company < 100000000 && establishment < 10000);
        (void)snprintf(ret_siret, SIRET_DIGITS + 1, "%08u", company);
        add_key(ret_siret, SIREN_DIGITS - 1);
        (void)snprintf(ret_siret + SIREN_DIGITS, SIRET_DIGITS + 1 - SIREN_DIGITS, "%04u", establishment);
        add_key(ret_siret, SIRET_DIGITS - 1);
}

bool siret_with_zero(const char *text, char ret_siret[SIRET_DIGITS + 1])
{
        char whole[SIRET_DIGITS + 1] = "0";

        if (!text_is_digits(text, SIRET_DIGITS - 1))
                return false;
        memcpy(whole + 1, text, SIRET_DIGITS);
        if (!siret_valid(whole))
                return false;
        memcpy(ret_siret, whole, sizeof(whole));
        return true;
}
